/**
 * A name for what is about to be sent, so that sending it twice stores it once. Not `crypto.randomUUID`, which browsers
 * offer only over TLS and on localhost.
 */
export function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
}
