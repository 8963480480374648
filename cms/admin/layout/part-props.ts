import type { Choices } from '@cluster/shared/governance/templates/choices'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import type { Editing } from './use-choices.ts'

/** What each part of the layout editor is given. */
export type PartProps = { manifest: Manifest; choices: Choices; change: Editing['change']; isReadOnly: boolean }
