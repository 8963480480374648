import type { Endpoint } from 'payload'
import { accountEndpoints } from './account/endpoints.ts'
import { apiKeyEndpoints } from './api-keys/endpoints.ts'
import { secondFactorEndpoints } from './second-factor/endpoints.ts'
import { securityEndpoints } from './security/endpoints.ts'

/** Under `/api/account` what people do with their own account, under `/api/security` what the security administrator does with others'. */
export const peopleEndpoints: Endpoint[] = [...accountEndpoints, ...secondFactorEndpoints, ...apiKeyEndpoints, ...securityEndpoints]
