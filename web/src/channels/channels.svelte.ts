// The channels as the server sees them, fetched again while somebody looks.
import { listChannels } from '../api/channels';
import { listOffices } from '../api/desk';
import type { Channel, Office } from '../api/types';
import { session } from '../shared/session.svelte';

const every_ms = 20_000;

class Channels {
  items = $state<Channel[] | null>(null);
  offices = $state<Office[]>([]);
  failure = $state<unknown>(null);

  /** Fetches now and again and again; the returned function ends it. */
  watch(): () => void {
    void this.load();
    void this.loadOffices();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.load();
    }, every_ms);
    return () => clearInterval(timer);
  }

  async load(): Promise<void> {
    try {
      this.items = (await listChannels()).items;
      this.failure = null;
    } catch (failure) {
      session.noticed(failure);
      this.failure = failure;
    }
  }

  /** Only the posters need them: without offices the rest of the page stands. */
  private async loadOffices(): Promise<void> {
    try {
      this.offices = (await listOffices()).items;
    } catch (failure) {
      session.noticed(failure);
    }
  }
}

export const channels = new Channels();
