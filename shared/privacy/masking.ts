/**
 * Masks in use on government sites: resident id first 6 and last 4 kept, phone first 3 and last 4, bank card first 6 and last 4.
 * Applied to every text of the public before anybody else sees it.
 */
const stars = (text: string, head: number, tail: number) => text.slice(0, head) + '*'.repeat(Math.max(0, text.length - head - tail)) + text.slice(-tail)
const bare = (text: string) => text.replace(/[ -]/g, '')

/** 张三 → 张*, 欧阳华 → 欧*华, 王 → 王*: enough to know oneself by, no more. */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  if (characters.length <= 2) return `${characters[0] ?? ''}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

/** Masks resident ids, bank cards, telephone numbers and e-mail addresses wherever they stand in a text. */
export function maskText(text: string): string {
  return halfWidth(text)
    .replace(/(?<![\dA-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g, (id) => stars(bare(id), 6, 4))
    .replace(/(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)/g, (card) => stars(bare(card), 6, 4))
    // With the country's code before it, or without.
    .replace(/(?<!\d)((?:00|\+)?86[ -]?)?(1[3-9]\d(?:[ -]?\d){8})(?!\d)/g, (_, country: string | undefined, phone: string) => `${country ?? ''}${stars(bare(phone), 3, 4)}`)
    .replace(/(?<!\d)(?:[(（](0\d{2,3})[)）]|(0\d{2,3}))[- ]?(\d{3,4}[- ]?\d{4})(?!\d)/g,
      (_, enclosed: string | undefined, area: string | undefined, line: string) => `${enclosed ?? area}-${stars(bare(line), 1, 2)}`)
    // Resident ids of the first generation; after the telephone numbers, which an area code can make as long.
    .replace(/(?<![\dA-Za-z])\d{15}(?![\dA-Za-z])/g, (id) => stars(id, 6, 3))
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) => `${address[0]}***${address.slice(address.indexOf('@'))}`)
}

export type Sender = { name: string; contact: string }

/** A letter as the public may read it: its sender's own name and contact masked, and every number in it. */
export const maskSender = (text: string, sender: Sender): string => maskText(maskIdentity(text, sender))

/**
 * The text with its sender's name and contact masked and all else left: offices greet people by name, and tell them telephones to call.
 * A name of one character is left alone, because it would be found in half of all words.
 */
export function maskIdentity(text: string, { name, contact }: Sender): string {
  const given = name.trim()
  const reach = contact.trim()
  const masked = maskText(reach) === reach ? stars(reach, 1, 1) : maskText(reach)
  const unnamed = [...given].length > 1 ? text.replaceAll(given, maskName(given)) : text
  return [...reach].length > 3 ? unnamed.replaceAll(reach, masked) : unnamed
}

/** Digits and signs as a Chinese keyboard also writes them: a number in them is the same number. */
function halfWidth(text: string): string {
  return text.replace(/[０-９＠－Ｘｘ]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
}
