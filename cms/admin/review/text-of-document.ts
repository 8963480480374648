import type { ClientField } from 'payload'
import { plainText, type RichText } from '@cluster/shared/publishing/rich-text'
import { dayOf } from '../dates.ts'
import { namedFields } from './field-labels.ts'

export type FieldText = { name: string; label: string; text: string }

/** What the chain keeps is no text, and a history of texts does not show it. */
const NOT_TEXT = ['id', 'state', 'version', 'isLive', 'publishedAt', 'scheduledFor', 'reviewDueAt', 'waitingSince', 'author', 'site', 'createdAt', 'updatedAt']

/** A document as words, field by field: what a person compares. */
export function textOfDocument(fields: readonly ClientField[], document: Record<string, unknown>): FieldText[] {
  return namedFields(fields)
    .filter(({ name }) => !NOT_TEXT.includes(name))
    .flatMap((field): FieldText[] => {
      const value = document[field.name]
      if (field.type === 'group' && 'fields' in field) {
        return textOfDocument(field.fields, isObject(value) ? value : {}).map((inner) => ({ ...inner, name: `${field.name}.${inner.name}` }))
      }
      const isHidden = 'admin' in field && field.admin?.hidden
      const label = 'label' in field && typeof field.label === 'string' ? field.label : field.name
      return isHidden ? [] : [{ name: field.name, label, text: wordsOf(field, value) }]
    })
}

function wordsOf(field: ClientField, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  switch (field.type) {
    case 'richText': return plainText(value as RichText)
    case 'date': return dayOf(String(value))
    case 'checkbox': return value === true ? '是' : '否'
    case 'select':
    case 'radio': {
      const option = field.options.find((candidate) => typeof candidate === 'object' && candidate.value === value)
      return typeof option === 'object' && typeof option.label === 'string' ? option.label : String(value)
    }
    case 'array': return (Array.isArray(value) ? value : []).map((row) => textOfDocument(field.fields, row).map(({ text }) => text).filter(Boolean).join(' ')).join('\n')
    case 'relationship':
    case 'upload': return (Array.isArray(value) ? value : [value]).map((item) => `编号 ${isObject(item) ? String(item.id) : String(item)}`).join('、')
    default: return Array.isArray(value) ? value.map(String).join('、') : typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
