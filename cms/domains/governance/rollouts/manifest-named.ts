import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { MANIFESTS } from '@cluster/themes/manifests.ts'

/** The manifest of a release of this build; undefined for one that it does not carry. */
export const manifestNamed = (release: string): Manifest | undefined => (MANIFESTS as Readonly<Record<string, Manifest>>)[release]

/** All releases of this build, oldest first. */
export const allManifests = (): Manifest[] => Object.values(MANIFESTS)
