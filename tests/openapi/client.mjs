// Calls the operations of the description by their ids and holds every answer against it.

const list = (value) => [value].flat();

export class Client {
  constructor(description, server) {
    Object.assign(this, { description, server });
    this.seen_statuses = new Map();
    this.disagreements = new Map();
  }

  /**
   * Calls an operation. `status` is what is expected: a number or a list. `in`: path parameters; `as`: who; `csrf`: null
   * leaves the header out. A body that is accepted must be described as acceptable. Disagreements are collected; the
   * answer is given all the same.
   */
  async call(id, { in: parameters = {}, query = {}, as, body, headers = {}, csrf, status }) {
    const operation = this.description.operations.get(id);
    if (!operation) throw new Error(`${id} is not described`);
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parameters[name]));
    const search = new URLSearchParams(query).toString();
    const all = { ...headers };
    if (as) {
      all.Cookie = as.cookie;
      if (operation.method !== 'GET' && csrf !== null) all['X-Sahut-Csrf'] = csrf ?? as.csrf;
    }
    const address = filled + (search && `?${search}`);
    const answer = await this.server.request(address, { method: operation.method, headers: all, body });
    this.saw(id, answer.status);
    const what = `${operation.method} ${address} → ${answer.status} ${answer.text.slice(0, 400)}`;
    if (!list(status).includes(answer.status))
      this.#disagree(id, `status ${answer.status}, expected ${list(status).join(' or ')}`, what);
    for (const fault of this.description.faults_of_answer(id, answer)) this.#disagree(id, fault, what);
    if (answer.status < 300 && body !== undefined && typeof body === 'object' && !Buffer.isBuffer(body)) {
      for (const fault of this.description.faults_of_request(id, body)) {
        this.#disagree(id, `accepted, though the description refuses the body: ${fault}`, what);
      }
    }
    return answer;
  }

  /** Runs calls and throws every disagreement that came up in them, each once. */
  async collect(body) {
    this.disagreements = new Map();
    let broken;
    await body().catch((error) => (broken = error));
    const told = [...this.disagreements].map(([fault, what]) => `${fault}\n      ${what}`);
    if (broken) told.push(broken.stack);
    if (told.length > 0) throw new Error(`the server and docs/openapi.yaml disagree:\n  ${told.join('\n  ')}`);
  }

  saw(id, status) {
    if (!this.seen_statuses.has(id)) this.seen_statuses.set(id, new Set());
    this.seen_statuses.get(id).add(status);
  }
  seen(id, status) {
    return this.seen_statuses.get(id)?.has(status) ?? false;
  }
  statuses(id) {
    return [...(this.seen_statuses.get(id) ?? [])];
  }

  #disagree(id, fault, what) {
    const key = `${id}: ${fault}`;
    if (!this.disagreements.has(key)) this.disagreements.set(key, what);
  }
}
