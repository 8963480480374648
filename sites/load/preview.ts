import { documentPage } from './document.ts'
import { passing, type Loaded, type LoadContext } from './context.ts'
import { failurePage } from './failure.ts'

/**
 * An unpublished text on its real page, for those who hold a valid token. `null` when the text is another site's: its
 * preview is on that site's host.
 */
export async function loadPreview(
  context: LoadContext,
  { token, reference }: { token: string; reference: string },
): Promise<Loaded | null> {
  const record = await context.services.intake.preview(token)
  if (!record) {
    return failurePage(context, {
      status: 403,
      reference,
      title: '预览已失效',
      message: '这个预览链接已经失效。请回到后台，在稿件页面重新点“预览”。',
    })
  }
  if (record.site !== context.site.slug) return null
  return passing(
    documentPage(context, record, {
      related: [],
      sameTitle: [],
      isCurrent: true,
      previous: null,
      next: null,
      isPreview: true,
    }),
  )
}
