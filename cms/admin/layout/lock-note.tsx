import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { type Slot, SLOTS } from '@cluster/shared/governance/templates/parts'
import { LockSign } from '../lock-sign.tsx'

export const isLocked = (manifest: Pick<Manifest, 'slots'>, slot: Slot) => (manifest.slots.find((each) => each.slot === slot)?.rule ?? 'locked') === 'locked'

/** What a locked part is, why, and who may change it: told before anybody tries. */
export function LockNote({ manifest, slot }: { manifest: Pick<Manifest, 'slots' | 'name'>; slot: Slot }) {
  const note = manifest.slots.find((each) => each.slot === slot)?.note
  return (
    <p className="cluster-locked">
      <LockSign /> <span>锁定：“{SLOTS[slot]}”由{manifest.name}规定{note ? `（${note}）` : ''}。只有省级模板管理员能改；确有需要，请向省级编办提出。</span>
    </p>
  )
}

/** What an office chose and its release does not show now. */
export function SleepNote({ what, onDrop }: { what: string; onDrop: (() => void) | null }) {
  return (
    <p className="cluster-note">
      {what}现在的模板不显示，已替您保留，换到允许它的模板后自动恢复。
      {onDrop ? <> <button type="button" className="cluster-button" onClick={onDrop}>不再保留</button></> : null}
    </p>
  )
}
