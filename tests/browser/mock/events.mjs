// Server-sent events by subject ('desk', 'demo', a chat's token), each with all that was said before.
export class Events {
  #open = new Map();
  #said = new Map();
  #next = 1;

  stream(subject, request, response, { replay = false } = {}) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    const after = Number(request.headers['last-event-id'] ?? (replay ? 0 : Infinity));
    for (const each of this.#said.get(subject) ?? []) if (each.id > after) response.write(each.text);
    const all = this.#open.get(subject) ?? new Set();
    this.#open.set(subject, all.add(response));
    response.on('close', () => all.delete(response));
    return { status: 'streams' };
  }

  tell(subject, event, data) {
    const id = this.#next++;
    const text = `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#said.set(subject, [...(this.#said.get(subject) ?? []), { id, text }]);
    for (const response of this.#open.get(subject) ?? []) response.write(text);
  }
}
