import type { PayloadRequest } from 'payload'
import { normaliseCode } from '@cluster/shared/people/second-factor'
import { clockOf } from '../../../review/clock.ts'
import { readSecret, useRecoveryCode, useStep } from './store.ts'
import { stepOfCode } from './totp.ts'

/** Checks and uses up a code in the request's transaction. @returns which kind it was; null when it is wrong or was used before */
export async function checkCode(req: PayloadRequest, personId: number, typed: string): Promise<'totp' | 'recovery' | null> {
  const code = normaliseCode(typed)
  if (!code) return null
  if (code.kind === 'recovery') return await useRecoveryCode(req, personId, code.code) ? 'recovery' : null
  const factor = await readSecret(req, personId, { isConfirmed: true })
  const step = factor ? stepOfCode(factor.secret, code.code, clockOf(req)) : null
  return step !== null && await useStep(req, personId, step) ? 'totp' : null
}
