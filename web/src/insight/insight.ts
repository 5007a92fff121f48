import { mount } from 'svelte';
import { beginSpeaking } from '../texts/spoken.svelte';
import Insight from './Insight.svelte';

beginSpeaking();
const target = document.getElementById('page');
if (target === null) throw new Error('insight.html has no element #page');
mount(Insight, { target });
