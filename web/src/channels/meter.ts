// The month's service messages of a WhatsApp number as parts of a bar. Meta gives an allowance free of charge and charges
// for every message after it.
import type { ChannelMonth } from '../api/types';

export interface Meter {
  /** Parts of the bar's length, 0 to 1. */
  free: number;
  paid: number;
  allowance: number;
  forecast: number;
  /** Messages expected beyond the allowance by the end of the month. */
  charged: number;
  level: 'good' | 'warn' | 'bad';
}

const near = 0.8;

export function meterOf(month: ChannelMonth): Meter {
  const whole = Math.max(month.allowance, month.forecast, month.sent, 1);
  const charged = Math.max(0, month.forecast - month.allowance, month.paid);
  const level = month.paid > 0 ? 'bad' : charged > 0 || month.sent >= near * month.allowance ? 'warn' : 'good';
  return {
    free: Math.max(0, month.sent - month.paid) / whole,
    paid: month.paid / whole,
    allowance: month.allowance / whole,
    forecast: month.forecast / whole,
    charged,
    level,
  };
}
