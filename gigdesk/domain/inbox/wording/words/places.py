"""Words of addresses: what comes from there, and what was made up for a fraud."""

from __future__ import annotations

# Words of the part before the @: what kind of mail comes from there.
BOXES: dict[str, str] = {
    "newsletter": "newsletter news tips marketing boletin lettre brief rundbrief novedades infolettre"
    " actualites actualidad programm bulletin blog redaktion redaction redaccion redazione"
    " offers promo angebote comunicazioni carnet",
    "notification": "notify notification notifications updates alerts alert reminders noreply no-reply"
    " donotreply mailer-daemon postmaster security system sistema account bookings suivi tracking"
    " sendung nachrichten builds ci bot",
    "invoice": "billing invoice invoices rechnung rechnungen buchhaltung accounts accounting compta"
    " comptabilite facturation facturacion administracion amministrazione contabilidad finance"
    " fatture payments inkasso mahnung beitrag",
}

# Words of domains that were made for a fraud: a name, a hyphen and one of these.
BAIT_DOMAINS = frozenset(
    "secure security seguridad sicurezza sicherheit securite verify verification verifizierung verifica"
    " login signin logon account accounts konto compte cuenta conto customs zoll douane dogana aduana"
    " payment payments pagamenti paiement pagos pago zahlung billing review validation confirm"
    " confirmation renew renewal unlock refund rembours remboursement rimborso reembolso carte tarjeta"
    " carta sante update portal helpdesk track tracking delivery livraison entrega consegna nouvelle"
    " support service services giacenza pacco frais zollgebuhr rilascio freischaltung aktivierung"
    " activation attivazione activacion identite identidad identita validierung gestion soporte assistenza"
    " assistance hilfe alerta alert alerte avviso aviso seguro pay wallet invoice facture factura fattura"
    " rechnung kyc mfa otp tan spid refunds erstattung remboursements gewinn win prize".split()
)

# Words of domains that pass for an office or a provider; they count beside one of the above.
OFFICE_DOMAINS = frozenset(
    "bank banque banco banca sparkasse volksbank post poste postes correos posta paket paquete colis pacchi"
    " parcel dhl ups dpd gls tax steuer finanzamt impots impot hacienda tributaria agencia agenzia entrate"
    " gov gouv govern amende multa bussgeld toll maut peage mail webmail email postfach correo posta"
    " cloud drive docs office online id web app premium abo client clients kunden kunde clientes"
    " domain domaine dominio hosting admin info help center centre zentrale".split()
)
