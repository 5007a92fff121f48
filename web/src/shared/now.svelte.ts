// The time, moving on by itself, for texts such as "4 minutes left".
const every_ms = 15_000;

export const now = $state({ time: new Date() });

setInterval(() => {
  now.time = new Date();
}, every_ms);
