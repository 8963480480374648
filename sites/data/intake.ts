import {
  letterReceiptSchema,
  previewAnswerSchema,
  refusalAnswerSchema,
  type LetterSubmission,
  type PortalNote,
  type PreviewAnswer,
} from '@cluster/shared/delivery/intake'
import { ContractBroken } from './failures.ts'
import { fetchJson, parseAnswer } from './fetch-json.ts'

/** The CMS writes a letter in one transaction; a reader who has typed for minutes waits a little for it. */
const INTAKE_TIMEOUT_MS = 8_000

export type LetterOutcome =
  | { state: 'received'; code: string }
  | { state: 'refused'; errors: Array<{ path?: string | undefined; message: string }> }
export type IntakeClient = ReturnType<typeof createIntakeClient>

/**
 * Letters, previews, and how far the change feed has been applied: what a portal has to say to the CMS itself. Throws `Unreachable` or `ContractBroken`.
 */
export function createIntakeClient({ baseUrl, key }: { baseUrl: string; key: string }) {
  const post = (path: string, body: unknown) =>
    fetchJson({ url: `${baseUrl}${path}`, timeoutMs: INTAKE_TIMEOUT_MS, headers: { 'x-intake-key': key }, body })

  return {
    sendLetter: async (letter: LetterSubmission): Promise<LetterOutcome> => {
      const path = '/api/intake/letters'
      const { status, json } = await post(path, letter)
      if (status === 201) return { state: 'received', code: parseAnswer(letterReceiptSchema, json, path).code }
      if (status === 422) return { state: 'refused', errors: parseAnswer(refusalAnswerSchema, json, path).errors }
      throw new ContractBroken(`${path} answered ${status}`)
    },
    /** Says that this portal is there, and how far it has come. */
    acknowledge: async (portal: PortalNote): Promise<void> => {
      const path = '/api/intake/portals'
      const { status } = await post(path, portal)
      if (status !== 204) throw new ContractBroken(`${path} answered ${status}`)
    },
    /** What a preview's token speaks for; `null` when the token is not valid (any more). */
    preview: async (token: string): Promise<PreviewAnswer | null> => {
      const path = '/api/intake/preview'
      const { status, json } = await post(path, { token })
      if (status === 200) return parseAnswer(previewAnswerSchema, json, path)
      if (status === 403 || status === 404) return null
      throw new ContractBroken(`${path} answered ${status}`)
    },
  }
}
