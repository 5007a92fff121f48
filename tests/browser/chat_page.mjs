// What a resident does on /chat.
export const question = 'ktp ilang gmn ngurusnya min';

const said = (page, author) => page.locator(`sahut-chat .bubble.${author} .words`);

export async function ask(page, text) {
  const before = await said(page, 'bot').count();
  await page.locator('sahut-chat textarea').fill(text);
  await page.locator('sahut-chat button.send').click();
  const answer = said(page, 'bot').nth(before);
  await answer.waitFor();
  return answer.innerText();
}

export async function hears(page, author, text) {
  await said(page, author).filter({ hasText: text }).first().waitFor();
}

/** The case number, once the page shows one. */
export async function caseNumber(page) {
  const strip = page.locator('sahut-chat .strip p').filter({ hasText: /[A-Z]+-\d{4}-\d{4}/ });
  await strip.waitFor();
  return /[A-Z]+-\d{4}-\d{4}/.exec(await strip.innerText())[0];
}
