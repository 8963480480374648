/**
 * What makes two titles the same to a reader: without spaces, brackets' form, width of letters, and the year or version that statute
 * collections put behind the name, as in （2020修正）.
 */
export function titleKey(title: string): string {
  return title.normalize('NFKC').replace(/\((?:\d{4}年?)?(?:修正|修订|修改|第?[一二三四五六七八九十]+次修[正订])(?:文本|本)?\)$/u, '')
    .replace(/[\s《》〈〉"'“”‘’]/gu, '').toLowerCase()
}
