// The sound of an emergency: two tones, made here, so that no file has to be fetched when it matters. Browsers hold sound
// back until the person has touched the page; `whenHeld` says so, because a silent alarm is worse than none.
const kept = 'sahut_sound';
const tones_hz = [880, 660, 880, 660];
const tone_s = 0.18;
const loudness = 0.25;

let context: AudioContext | null = null;

/** Rings once, or tells that the browser holds sound back. */
export async function ring(): Promise<'heard' | 'held'> {
  context ??= new AudioContext();
  // Without a touch this promise may never settle: do not wait for it longer than the state needs to change.
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 200))]);
  if (context.state !== 'running') return 'held';
  const gain = context.createGain();
  gain.gain.value = loudness;
  gain.connect(context.destination);
  tones_hz.forEach((frequency, i) => {
    const tone = new OscillatorNode(context as AudioContext, { type: 'triangle', frequency });
    const at = (context as AudioContext).currentTime + i * tone_s;
    tone.connect(gain);
    tone.start(at);
    tone.stop(at + tone_s * 0.9);
  });
  return 'heard';
}

/** On unless the person switched it off in this browser. */
export function soundWanted(): boolean {
  try {
    return localStorage.getItem(kept) !== 'off';
  } catch {
    return true;
  }
}

export function wantSound(wanted: boolean): void {
  try {
    localStorage.setItem(kept, wanted ? 'on' : 'off');
  } catch {
    // for this page only
  }
}
