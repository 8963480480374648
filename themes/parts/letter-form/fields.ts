import type { LetterKind } from '@cluster/shared/publishing/kinds'
import type { LetterFormPage } from '@cluster/shared/delivery/page-models'

/** What each kind of letter is for, in the sender's words. */
export const KIND_HINTS: Record<LetterKind, string> = {
  inquiry: '问政策、问流程、问办理结果',
  complaint: '反映机构编制方面的问题',
  suggestion: '对我们的工作提出想法',
  'error-report': '网页上的错字、错链、错误信息',
}

/** Where an error leads to: the field of its path; errors that belong to no field stand in the summary only. */
export const FIELD_IDS: Record<string, string> = {
  kind: 'letter-kind',
  name: 'letter-name',
  contact: 'letter-contact',
  title: 'letter-title',
  text: 'letter-text',
  mayPublish: 'letter-publish',
}

/** Messages for one field, in the order in which they came. */
export function errorsOf(errors: LetterFormPage['errors'], path: string): string[] {
  return errors.filter((error) => error.path === path).map((error) => error.message)
}

/** `aria-describedby` for a field: its hint, then its errors; undefined when it has neither. */
export function describedBy(
  id: string,
  { hasHint, hasErrors }: { hasHint: boolean; hasErrors: boolean },
): string | undefined {
  const ids = [hasHint && `${id}-hint`, hasErrors && `${id}-error`].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}
