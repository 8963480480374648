// The recorder lives in its own room, for all domains.
export { audit, auditRefusal, type Deed } from '../audit/record.ts'
