'use client'

import type { DefaultCellComponentProps } from 'payload'
import type { State } from '@cluster/shared/publishing/states'
import { StateBadge } from './state-badge.tsx'

/** The state of a document in a list. */
export function StateCell({ cellData, rowData }: DefaultCellComponentProps) {
  return typeof cellData === 'string' ? <StateBadge state={cellData as State} isLive={rowData?.isLive === true} /> : null
}
