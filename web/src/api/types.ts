// Short names for the shapes of docs/openapi.yaml.
import type { components } from './schema';

type Shapes = components['schemas'];

export type Me = Shapes['Me'];
export type Problem = Shapes['Problem'];
export type FieldProblem = Shapes['FieldProblem'];
export type Conversation = Shapes['Conversation'];
export type ConversationPage = Shapes['ConversationPage'];
export type ConversationWithMessages = Shapes['ConversationWithMessages'];
export type ConversationState = Shapes['ConversationState'];
export type Message = Shapes['Message'];
export type Choice = Shapes['Choice'];
export type Media = Shapes['Media'];
/** A point on the map; the desk's `Place` is where in the desk one is. */
export type MapPlace = Shapes['Place'];
/** What a reply carries. */
export type Said = Pick<Shapes['ReplyInput'], 'text' | 'media' | 'place'>;
export type Receipt = Shapes['Receipt'];
export type Evidence = Shapes['Evidence'];
export type Queue = Shapes['Queue'];
/** The endings the desk offers; the server takes any few words. */
export type Outcome = 'answered' | 'referred' | 'impossible' | 'misdirected';
export type Office = Shapes['Office'];
export type Entry = Shapes['Entry'];
export type EntryInput = Shapes['EntryInput'];
export type EntryPage = Shapes['EntryPage'];
export type EntryStatus = Shapes['EntryStatus'];
export type Revision = Shapes['Revision'];
export type Preview = Shapes['Preview'];
export type AskAnswer = Shapes['AskAnswer'];
export type Gap = Shapes['Gap'];
export type GapPage = Shapes['GapPage'];
export type CityWord = Shapes['CityWord'];
export type CityWordPage = Shapes['CityWordPage'];
export type Channel = Shapes['Channel'];
export type ChannelCheck = Shapes['ChannelCheck'];
export type ChannelMonth = Shapes['ChannelMonth'];
export type DeadLetter = Shapes['DeadLetter'];
export type DeadLetterPage = Shapes['DeadLetterPage'];
export type Insight = Shapes['Insight'];
export type DeskEvent = Shapes['DeskEvent'];
export type ChatTyping = Shapes['ChatTyping'];
export type ChatState = Shapes['ChatState'];
