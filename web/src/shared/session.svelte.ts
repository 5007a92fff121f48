// Who is signed in. The cookie is the server's; this page knows only the name and the token for writes.
import { credentials, request, RequestFailed } from '../api/request';
import type { Me } from '../api/types';

class Session {
  me = $state<Me | null>(null);
  /** False until the server said whether the cookie is good. */
  known = $state(false);
  /** The server ended a session that this page was using. */
  ended = $state(false);
  unreachable = $state(false);

  async resume(): Promise<void> {
    this.unreachable = false;
    try {
      this.begin(await request<Me>('GET', '/api/v1/me'));
    } catch (failure) {
      if (failure instanceof RequestFailed && failure.status === 401) this.end();
      else this.unreachable = true;
    }
    this.known = true;
  }

  async signIn(name: string, password: string): Promise<void> {
    this.begin(await request<Me>('POST', '/api/v1/login', { body: { name, password } }));
    this.ended = false;
  }

  async signOut(): Promise<void> {
    await request<void>('POST', '/api/v1/logout');
    this.end();
    this.ended = false;
  }

  /** To be called with every failure: a 401 means that the person must sign in again. */
  noticed(failure: unknown): void {
    if (failure instanceof RequestFailed && failure.status === 401 && this.me !== null) this.end();
  }

  private begin(me: Me): void {
    this.me = me;
    credentials.csrf = me.csrf;
  }

  private end(): void {
    this.ended = this.me !== null;
    this.me = null;
    credentials.csrf = '';
  }
}

export const session = new Session();
