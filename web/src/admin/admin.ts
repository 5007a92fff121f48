import { mount } from 'svelte';
import type { Me } from '../api/types';
import SignedInPage from '../shared/SignedInPage.svelte';
import { beginSpeaking } from '../texts/spoken.svelte';

beginSpeaking();
const target = document.getElementById('page');
if (target === null) throw new Error('admin.html has no element #page');
mount(SignedInPage, {
  target,
  props: { here: 'admin', load: () => import('./AdminWork.svelte'), mayUse: (role: Me['role']) => role !== 'agent' },
});
