import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { isRelease, NEWEST_RELEASE, type ReleaseId } from './registry.ts'
import { manifest as standard1 } from './standard-1/manifest.ts'
import { manifest as standard2 } from './standard-2/manifest.ts'

/** What each release consists of and what it leaves to the offices: data, so that the CMS may read it too. */
export const MANIFESTS: Readonly<Record<ReleaseId, Manifest>> = { 'standard-1': standard1, 'standard-2': standard2 }

/** The manifest of a release; of one that this build does not carry, the newest. */
export const manifestOf = (release: string): Manifest => MANIFESTS[isRelease(release) ? release : NEWEST_RELEASE]
