// What must be pasted where, as steps. An address to copy stands in the step it belongs to; secrets are never shown here,
// because they live in the configuration only.
import type { Channel } from '../api/types';
import type { ChannelWords } from '../texts/channels';

export interface Step {
  text: string;
  /** To be copied; '' if the step has nothing to copy. */
  copy: string;
  /** Of the copy field. */
  label: string;
}

/** `origin`: of this page, for the widget where the channel has no address of its own yet. */
export function stepsOf(channel: Channel, words: ChannelWords, origin: string): Step[] {
  const step = (text: string, copy = '', label = ''): Step => ({ text, copy, label });
  const address = channel.webhook_url ?? channel.webhook_path ?? '';
  const { steps, labels } = words;
  if (channel.kind === 'webchat') {
    const home = channel.link === null ? origin : new URL(channel.link, origin).origin;
    return [
      step(steps.webPage, channel.link ?? `${origin}/chat`, labels.page),
      step(steps.webWidget, `<script src="${home}/assets/widget.js" async></script>`, labels.widget),
      step(steps.webOrigin),
    ];
  }
  if (channel.mode === 'polling') return [step(steps.polling)];
  if (channel.kind === 'whatsapp') {
    return [
      step(steps.metaPlace),
      step(steps.metaAddress, address, labels.callback),
      step(steps.metaToken),
      step(steps.metaField, 'messages', labels.field),
      step(steps.metaSubscribe, 'sahut setup whatsapp', labels.command),
    ];
  }
  if (channel.kind === 'telegram') {
    return [step(steps.telegram, 'sahut setup telegram', labels.command), step(steps.telegramAddress, address, labels.webhook)];
  }
  const signs = channel.profile !== 'fonnte';
  const profile = channel.profile ?? '';
  return [
    step(signs ? steps.gatewayAddress(profile) : steps.fonnteAddress, signs ? address : `${address}/`, labels.webhook),
    step(profile === 'evolution' ? steps.evolutionKey : signs ? steps.gatewaySecret : steps.fonnteSecret),
    step(steps.gatewayRisk),
  ];
}
