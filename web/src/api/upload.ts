// Brings a file to the server. XMLHttpRequest, because fetch does not tell how much of a body has gone out.
import { credentials, RequestFailed, withQuery } from './request';
import type { Media, Problem } from './types';

const patience_ms = 5 * 60_000; // ten megabytes over a slow phone
const longest_name = 200;

/** `told` hears the part that has gone out, 0 to 1. Rejects with RequestFailed; status 0 if there was no answer. */
export function uploadMedia(
  conversation: string, file: Blob, name: string, told: (part: number) => void, signal: AbortSignal,
): Promise<Media> {
  return new Promise((done, failed) => {
    const call = new XMLHttpRequest();
    // the end of a long name says what it is
    const query = { name: name.slice(-longest_name) };
    call.open('POST', withQuery(`/api/v1/conversations/${encodeURIComponent(conversation)}/media`, query));
    call.responseType = 'json';
    call.timeout = patience_ms;
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    if (credentials.csrf !== '') call.setRequestHeader('X-Sahut-Csrf', credentials.csrf);
    call.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    call.onload = () => {
      if (call.status === 201) done(call.response as Media);
      else failed(new RequestFailed(call.status, (call.response ?? {}) as Partial<Problem>));
    };
    call.onerror = call.ontimeout = call.onabort = () => failed(new RequestFailed(0, {}));
    signal.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}
