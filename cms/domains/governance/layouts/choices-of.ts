import { type Choices, choicesSchema } from '@cluster/shared/governance/templates/choices'
import { relationId } from '@cluster/shared/publishing/rich-text'
import type { z } from 'zod'

/** What of a layout's row are choices. */
export type ChoiceFields = { order?: unknown; hidden?: unknown; accent?: unknown; heroPicture?: unknown; links?: unknown }

/** The choices that a layout holds, or what is wrong with their form. Empty fields mean: as the province proposes. */
export function parseChoices(fields: ChoiceFields): z.ZodSafeParseResult<Choices> {
  return choicesSchema.safeParse({
    order: fields.order ?? [],
    hidden: fields.hidden ?? [],
    accent: fields.accent || null,
    heroPicture: fields.heroPicture ? relationId(fields.heroPicture) ?? fields.heroPicture : null,
    links: fields.links ?? [],
  })
}

/** The choices of a row that was saved: every save has been parsed. @throws ZodError when somebody wrote past the saves */
export function choicesOf(fields: ChoiceFields): Choices {
  const parsed = parseChoices(fields)
  if (!parsed.success) throw parsed.error
  return parsed.data
}
