import config from '../../../../payload.config.ts'
import '@payloadcms/next/css'
import { answerRequest } from '../../../../rest/answer-request.ts'

const answer = (request: Request): Promise<Response> => answerRequest(config, request)

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as PATCH, answer as POST, answer as PUT }
