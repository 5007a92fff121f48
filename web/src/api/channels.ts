// The routes of the channels and how they fare.
import { request, withQuery } from './request';
import type { Channel, ChannelCheck, DeadLetterPage, Office } from './types';

const root = '/api/v1/channels';
const at = (channel: Channel['name'], act: string) => `${root}/${encodeURIComponent(channel)}${act}`;
const dead = (channel: string, id: string, act: string) => at(channel, `/dead/${encodeURIComponent(id)}${act}`);

export const listChannels = () => request<{ items: Channel[] }>('GET', root);
/** Asks the channel itself; may take 10 seconds. */
export const checkChannel = (name: string) => request<{ checks: ChannelCheck[] }>('POST', at(name, '/check'));
export const listDeadLetters = (name: string, cursor: string) =>
  request<DeadLetterPage>('GET', withQuery(at(name, '/dead'), { cursor, limit: '20' }));
export const resendDeadLetter = (name: string, id: string) => request<void>('POST', dead(name, id, '/resend'));
export const discardDeadLetter = (name: string, id: string) => request<void>('POST', dead(name, id, '/discard'));
export const posterOf = (office: Office['id'], channel: string) =>
  withQuery(`/api/v1/offices/${encodeURIComponent(office)}/poster.svg`, { channel });
