import { homePath } from '@cluster/shared/delivery/addresses'
import type { SiteChoices } from '@cluster/shared/delivery/records'
import { documentPage } from './document.ts'
import { passing, type Framed, type Loaded, type LoadContext } from './context.ts'
import { failurePage } from './failure.ts'
import { loadHome } from './home.ts'

/**
 * An unpublished text, or a home page as an office is arranging it, on its real page, for those who hold a valid token.
 * `null` when it is another site's: its preview is on that site's host.
 */
export async function loadPreview(
  context: LoadContext,
  { token, reference }: { token: string; reference: string },
): Promise<Loaded | null> {
  const answer = await context.services.intake.preview(token)
  if (!answer) {
    return failurePage(context, {
      status: 403,
      reference,
      title: '预览已失效',
      message: '这个预览链接已经失效。请回到后台重新打开预览。',
    })
  }
  if ('home' in answer) {
    if (answer.home.site !== context.site.slug) return null
    return previewHome(context, answer.home.choices, { by: answer.framedBy, files: answer.files })
  }
  if (answer.record.site !== context.site.slug) return null
  return passing(
    documentPage(context, answer.record, {
      related: [],
      sameTitle: [],
      isCurrent: true,
      previous: null,
      next: null,
      isPreview: true,
    }),
  )
}

/** The home page as it would be under these choices, for this one request. */
async function previewHome(
  context: LoadContext,
  choices: SiteChoices,
  framed: Framed,
): Promise<Loaded | null> {
  const loaded = await loadHome({ ...context, path: homePath(), site: { ...context.site, choices } })
  if (loaded?.page.kind !== 'home') return null
  const { page } = loaded
  const unlisted = { ...page, chrome: { ...page.chrome, head: { ...page.chrome.head, robots: 'noindex' } } }
  return { ...passing(unlisted), framed }
}
