// One way to the server for the signed-in pages: JSON in, JSON out, and every failure is a RequestFailed that says
// whether the server answered.
import type { FieldProblem, Problem } from './types';

export class RequestFailed extends Error {
  /** 0 if there was no answer at all. */
  readonly status: number;
  readonly id: string;
  readonly code: string;
  readonly cure: string;
  /** The field that is wrong, where it is one. */
  readonly where: string;
  readonly fields: FieldProblem[];

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.id = problem.id ?? '';
    this.code = problem.code ?? problem.type?.split('/').pop() ?? '';
    this.cure = problem.cure ?? '';
    this.where = problem.where ?? '';
    this.fields = problem.errors ?? [];
  }
}

/** The token for writes; `Session` sets it after signing in. */
export const credentials = { csrf: '' };

interface Options {
  body?: unknown;
  headers?: Record<string, string>;
}

const patience_ms = 20_000;

export async function request<Answer>(method: string, path: string, options: Options = {}): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (method !== 'GET' && credentials.csrf !== '') headers['X-Sahut-Csrf'] = credentials.csrf;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: AbortSignal.timeout(patience_ms),
    });
  } catch {
    throw new RequestFailed(0, {});
  }
  if (response.ok) {
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new RequestFailed(response.status, problem);
}

/** `/path?name=value…` without the members that are empty. */
export function withQuery(path: string, query: Record<string, string>): string {
  const filled = Object.entries(query).filter(([, value]) => value !== '');
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled).toString()}`;
}
