import { type Duty, isInForce } from '@cluster/shared/governance/duties'
import { today } from './granted-sites.ts'

type Granted = { grants?: Array<{ duty?: string; from?: string | null; until?: string | null }> | null; mustChangePassword?: boolean | null }

/**
 * Leaves a collection out of the admin for people who have none of the duties anywhere: what one cannot use one need not see.
 * A matter of tidiness; what may be read is decided by access rules alone.
 */
export function hiddenWithout(duties: readonly Duty[]): (args: { user: unknown }) => boolean {
  return ({ user }) => {
    const { grants, mustChangePassword } = (user ?? {}) as Granted
    const day = today()
    return mustChangePassword === true || !(grants ?? []).some(({ duty, from, until }) =>
      duties.includes(duty as Duty) && isInForce({ from: dayOf(from), until: dayOf(until) }, day))
  }
}

const dayOf = (value: string | null | undefined) => (value ? today(new Date(value)) : undefined)
