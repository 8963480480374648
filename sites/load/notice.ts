import { escapeXml } from '../endpoints/xml.ts'
import type { Link } from '@cluster/shared/delivery/page-models'

/** What a site says above its pages; `page`: what its home page says instead of everything else. */
export type Notice = { sentence: string; page?: { title: string; links: readonly Link[] } | undefined }

/**
 * A drawn page with the notice in it, whatever release drew it: issued releases know nothing of notices, and stay as they are. The
 * classes are those of their pages with a message.
 */
export function withNotice(html: string, { sentence, page }: Notice): string {
  const text = escapeXml(sentence)
  if (!page)
    return html.replace(/<body\b[^>]*>/i, (body) => `${body}<aside aria-label="网站公告"><p><strong>${text}</strong></p></aside>`)
  const links = page.links
    .map(({ label, href }) => `<a class="button button--quiet" href="${escapeXml(href)}">${escapeXml(label)}</a>`)
    .join('')
  const main = `<div class="page-head"><h1 class="page-title">${escapeXml(page.title)}</h1><p class="page-lead">${text}</p></div><div class="narrow"><div class="buttons">${links}</div></div>`
  return html.replace(/(<main\b[^>]*>)[\s\S]*(<\/main>)/i, (_, open: string, close: string) => `${open}${main}${close}`)
}
