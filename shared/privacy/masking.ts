/**
 * Masks in use on government sites: resident id first 6 and last 4 kept, phone first 3 and last 4, bank card first 6 and last 4.
 * Applied to every text of the public before anybody else sees it.
 */
const stars = (text: string, head: number, tail: number) => text.slice(0, head) + '*'.repeat(Math.max(0, text.length - head - tail)) + text.slice(-tail)

/** 张三 → 张*, 欧阳华 → 欧*华, 王 → 王*: enough to know oneself by, no more. */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  if (characters.length <= 2) return `${characters[0] ?? ''}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

/** Masks resident ids, bank cards, telephone numbers and e-mail addresses wherever they stand in a text. */
export function maskText(text: string): string {
  return text
    .replace(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, (id) => stars(id, 6, 4))
    .replace(/(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)/g, (card) => stars(card.replace(/[ -]/g, ''), 6, 4))
    .replace(/(?<!\d)1[3-9]\d(?:[ -]?\d){8}(?!\d)/g, (phone) => stars(phone.replace(/[ -]/g, ''), 3, 4))
    .replace(/(?<!\d)(0\d{2,3})[- ]?(\d{7,8})(?!\d)/g, (_, area: string, line: string) => `${area}-${stars(line, 1, 2)}`)
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) => `${address[0]}***${address.slice(address.indexOf('@'))}`)
}
