// The small city on one WhatsApp number, and what residents' phones and the store show of its answers.

import { fill, new_folder, Server } from './harness.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { wait_until } from './http.mjs';
import { WhatsAppNumber } from './people.mjs';

export const question = 'ktp ilang gmn ngurusnya min';
export const answer_words = /surat kehilangan dari polisi/;

export class WhatsAppCity {
  number = new WhatsAppNumber();

  /** `settings` replace some of the channel's. */
  async start(settings) {
    this.peer = await GraphPeer.start(this.number);
    const folder = new_folder();
    await fill(folder);
    this.server = await Server.start({
      folder,
      config: { channels: { wa: this.number.settings(this.peer, settings) } },
    });
    return this;
  }

  /** Waits until `count` messages to the resident were accepted, and gives them. */
  received = (resident, count = 1) =>
    wait_until(() => (this.peer.to(resident).length >= count ? this.peer.to(resident) : undefined), {
      what: `${count} messages at the resident's phone`,
    });

  /** Waits until our message `call` stands in the store with this delivery. */
  delivery_is = (call, state) =>
    wait_until(
      () =>
        this.server
          .rows(`SELECT delivery, error FROM message WHERE external_id = '${call.id}'`)
          .find((row) => row.delivery === state),
      { what: `the delivery state ${state}` },
    );
}
