import { handleEndpoints, type SanitizedConfig } from 'payload'
import { faultLog } from '../fault-log.ts'
import { inHouseForm, sentenceOf } from './house-form.ts'
import { parseRequest } from './parse-request.ts'
import { refusalAnswer, RequestRefused } from './request-refused.ts'

const { onFault } = faultLog('rest')

/**
 * Answers one request to the REST interface: parsed first, then Payload's, refusals in the house's own form. Never rejects.
 * The one way in for the admin, for portals and for programs.
 */
export async function answerRequest(config: Promise<SanitizedConfig>, incoming: Request): Promise<Response> {
  try {
    const request = await parseRequest(await config, incoming)
    return await inHouseForm(await handleEndpoints({ config, request }))
  } catch (error) {
    if (error instanceof RequestRefused) return refusalAnswer(error.status, error.issues)
    onFault('request', error)
    return refusalAnswer(500, [sentenceOf(500)])
  }
}
