import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import type { ReactNode } from 'react'

/** A page of our own within the admin's frame. */
export function OwnView({ view: { initPageResult: { req, locale, permissions, visibleEntities }, params, searchParams }, title, children }: {
  view: AdminViewServerProps
  title: string
  children: ReactNode
}) {
  return (
    <DefaultTemplate
      i18n={req.i18n} payload={req.payload} permissions={permissions} visibleEntities={visibleEntities} viewType="dashboard" req={req}
      {...(locale ? { locale } : {})} {...(params ? { params } : {})} {...(searchParams ? { searchParams } : {})} {...(req.user ? { user: req.user } : {})}
    >
      <Gutter className="cluster-account">
        <h1>{title}</h1>
        {children}
      </Gutter>
    </DefaultTemplate>
  )
}
