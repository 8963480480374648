/** A paragraph that Word or WPS numbers: what it wrote before the words, and how deep it lies (1 is the outermost). */
export type OfficeLine = { marker: string; level: number; content: Element }

/** 1. 2) （3） a. iv. — what an ordered list may begin with. 一、 and （一） are none: in an official text they are part of the words. */
const NUMBERED = /^[（(]?(\d{1,4}|[a-zA-Z]|[ivxIVX]{1,5})[.．、)）]?$/
const CHINESE_NUMBERED = /[〇一二三四五六七八九十百]|第/

type OpenList = { list: Element; level: number }

/**
 * Makes lists of the paragraphs that Word numbers one by one. Lines numbered in Chinese stay paragraphs and keep their number as text.
 * Everything that is no such line stays where it is.
 */
export function listsFromOffice(blocks: ReadonlyArray<Node | OfficeLine>, out: Document): Node[] {
  const made: Node[] = []
  let open: OpenList[] = []
  for (const block of blocks) {
    if (!('marker' in block)) {
      open = []
      made.push(block)
      continue
    }
    if (CHINESE_NUMBERED.test(block.marker)) {
      open = []
      block.content.prepend(block.marker)
      made.push(block.content)
      continue
    }
    open = open.filter(({ level }) => level <= block.level)
    const tag = NUMBERED.test(block.marker) ? 'ol' : 'ul'
    const innermost = open[open.length - 1]
    const isSame = innermost?.level === block.level && innermost.list.localName === tag
    if (!isSame) {
      const parent = open.filter(({ level }) => level < block.level).pop()
      const list = out.createElement(tag)
      const first = /\d+/.exec(block.marker)?.[0]
      if (tag === 'ol' && first && first !== '1') list.setAttribute('start', String(Number(first)))
      if (parent?.list.lastElementChild) parent.list.lastElementChild.append(list)
      else made.push(list)
      open = [...open.filter(({ level }) => level < block.level), { list, level: block.level }]
    }
    const item = out.createElement('li')
    item.append(...block.content.childNodes)
    open[open.length - 1]!.list.append(item)
  }
  return made
}
