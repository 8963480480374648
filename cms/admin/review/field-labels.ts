import type { ClientField } from 'payload'

/** A field of a form that holds a value, with the name under which the form keeps it. */
export type NamedField = ClientField & { name: string }

/** The fields of a collection that hold values, those within rows and folds included; groups stay whole. */
export function namedFields(fields: readonly ClientField[]): NamedField[] {
  return fields.flatMap((field): NamedField[] => {
    if (field.type === 'ui') return []
    if ('name' in field && field.name) return [field as NamedField]
    return 'fields' in field ? namedFields(field.fields) : []
  })
}

/** The label that a person sees beside the field with this path; the path itself where there is none. */
export function labelOf(fields: readonly ClientField[], path: string): string {
  const [head = '', ...rest] = path.split('.').filter((segment) => !/^\d+$/.test(segment))
  const field = namedFields(fields).find(({ name }) => name === head)
  if (field && rest.length > 0 && 'fields' in field) return labelOf(field.fields, rest.join('.'))
  return field && 'label' in field && typeof field.label === 'string' ? field.label : path
}
