import type { Anchor } from '@cluster/shared/delivery/records'

export type Outline = { headings: Anchor[]; articles: Anchor[] }

/** Articles of a statute start with their number; everything else that can be linked is a heading. */
const ARTICLE = /^第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?/

/**
 * What a table of contents shows: headings of the two highest levels, and the numbered articles apart from them, because
 * a statute has too many to stand between its chapters. Nothing when there is only one way to go.
 */
export function outlineOf(anchors: readonly Anchor[]): Outline | null {
  const articles = anchors.filter(({ text }) => ARTICLE.test(text))
  const all = anchors.filter(({ text }) => !ARTICLE.test(text))
  const top = Math.min(...all.map(({ level }) => level))
  const headings = all.filter(({ level }) => level <= top + 1)
  return headings.length < 2 && articles.length < 4 ? null : { headings, articles }
}

/** `第三十二条`, from `第三十二条 机构编制工作…`. */
export function articleNumber(text: string): string {
  return ARTICLE.exec(text)?.[0] ?? text
}
