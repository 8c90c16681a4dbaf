"""What mails about invoices and payments say. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
    "invoice": {
        2.5: """
            the bill | bill for | your bill | a bill | invoice* | overdue | remittance* | receipt*
                payslip | credit note* | proforma | billed | royalt*
            rechnung* | mahnung* | zahlungserinnerung* | gutschrift* | zahlungsavis | abrechnung*
                jahresabrechnung* | kostenrechnung* | beitragsbescheid* | gebuhrenbescheid*
                lastschrift*
            facture* | facturation | avoir | quittance* | echeancier | a-valoir verse
                note de droits | note d honoraires | releve de droits | avis de paiement
                relance amiable
            factura* | recibo* | minuta* | remesa* | abono | domiciliacion* | liquidacion
                facturar
            fattura* | fatture | ricevuta* | quietanza* | parcella | bonifico
                sollecito di pagamento | saldo fattura
            faktur* | fatura* | factuur* | facturen | rachunek | rachunk* | regning* | kvitto*
                kvittering*
            credit memo | down payment | deposit invoice | pro forma | final invoice
                payment reminder | payment run | payment advice | paid your | your fee note
                fee note | dunning | bank charges | travel expenses | reimburse* | tax invoice
                po number | still unpaid | has been paid | have paid | was paid
                arrived on our account | net 30 | statement of account
            abschlagsrechnung | anzahlung* | honorarrechnung | honorarnote* | reisekosten
                spesen* | zahlungseingang | zahlungsziel | uberwiesen | bezahlt | gutgeschrieben
                kostennote | inkasso | lieferschein und rechnung | zahlungsaufforderung
                rechnungsnummer | rechnungsadresse | quittung* | kassenbeleg | beleg
                steuernummer | umsatzsteuer | reverse charge | nebenkosten | buchungsbeleg
            note de frais | acompte* | note d'honoraires | recu de paiement
                en attente de paiement | ordre de virement | a ete paye* | a ete regle*
                mis en paiement | honoraires | numero de tva | appel de cotisation | cotisation*
                facturer | facturez | refacturation | remboursement* | bulletin de paie
                trop-percu | mise en demeure
            nota de gastos | anticipo* | proforma | justificante* de pago | factura rectificativa
                nota de cargo | honorarios | fecha de pago | hemos pagado | ya esta pagad*
                te pagamos | os pagamos | numero de factura | cuota* | reembolso* | adeudo
                orden de pago | impagad* | facturas | facturacion | facturarnos | recibi
            nota spese | acconto | anticipo fattura | nota di credito | avviso di pagamento
                abbiamo pagato | e stata pagata | ti paghiamo | rimborso* | ricevuta di pagamento
                estratto conto | f24 | bonifici | bonificato | bollettin* | onorari* | partita iva
                split payment | insolut* | saldare | saldata
            creditnota | aanmaning | betalingsherinnering | kostnadsersattning | paminnelse
                purring | przelew* | zaliczk* | recibo verde | pagamento em atraso
                nota de credito | ინვოისი* | ანგარიშ-ფაქტურა
            how to invoice | invoice us | bill us | bill to | billing address | vat id
                credit for | overpaid | paid twice | not been paid | late payment | payment terms
                release payment | approve your | royalty statement | fee statement
                your honorarium | membership fee | annual fee | subscription fee | your payment of
                we received your payment | payout | payouts | amount of
            an welche adresse rechnung | rechnung stellen | stell die rechnung
                stellen sie die rechnung | in rechnung | umsatzsteuer-id | ust-idnr
                doppelt bezahlt | doppelt uberwiesen | noch nicht bezahlt | noch kein geld
                zahlungsverzug | honorarabrechnung | tantiemen | mitgliedsbeitrag | jahresbeitrag
                beitragsrechnung | ihre zahlung uber | haben ihre zahlung | auszahlung
                offener betrag | offene posten
            facturez-nous | adresse de facturation | a facturer | la facturer | numero siret
                paye deux fois | regle deux fois | toujours pas recu | retard de paiement
                conditions de paiement | droits d'auteur de | adhesion annuelle
                votre paiement de | recu votre paiement | votre virement | montant de | somme de
                note de credit | avis d'echeance | quittance de loyer
            facturanos | datos de facturacion | a nombre de | numero de pedido | nif | cif
                pagado dos veces | sin cobrar | no hemos cobrado | no he cobrado
                retraso en el pago | condiciones de pago | liquidacion de derechos | cuota anual
                su pago de | hemos recibido su pago | por importe de | importe de | nota de abono
                aviso de vencimiento
            fatturaci | dati di fatturazione | intestare | intestata | intestarla
                numero d'ordine | codice fiscale | pagato due volte | non ancora pagat*
                ritardo nel pagamento | condizioni di pagamento | rendiconto | diritti d'autore
                quota annuale | quota associativa | il suo pagamento di | abbiamo ricevuto il
                per un importo | importo di | nota di accredito | avviso di scadenza
        """,
        1.5: """
            payment* | paid | bill | billing | outstanding | due date | vat | purchase order
                bank transfer | settle | refund | direct debit | statement | late fee*
                we owe you | expense*
            uberweis* | zahlung* | bezahl* | zahlbetrag | beitrag | falligkeit | mwst | ust
                ust-id* | kostenstelle* | nachzahlung | betrag | betrage | skonto | bestellnummer
                offen | buchhaltung | kontonummer | honorarnote
            paiement* | regle* | reglement* | virement* | vires | virer | tva | bon de commande
                solde | montant | echeance* | loyer | impaye* | creditrice | creditor | siret
                prelevement* | versement*
            pago* | pagar* | pagad* | transferencia* | iva | irpf | vencimiento* | importe | abone
                cobro* | cobrar | recargo* | pedido | retencion
            pagament* | pagat* | pagare | iva | scadenza | importo | saldo | coordinate | ritenuta
                codice destinatario | sdi | fatturi | addebit* | premio annuo | bollo
            betaling* | betala* | betaal* | zaplac* | platnosc* | pagamento* | moms | btw
                forfall* | ostatnia wplata
            pay you | paying | owe | owed | instalment* | installment* | surcharge
                account number | iban | sepa | bookkeep* | accounts payable | accounting
                finance team | transfer | cost centre | cost center | wire | cheque | price list
                tax | amount due | charged | debit*
            kosten | konto | iban | sepa | einzug | eingezogen | abgebucht | abbuchung
                mahngebuhr* | rate | raten | zahle | zahlen | steuerberat* | buchung | buchen
                kontoauszug | geld | fallig | lastschrift | finanzbuchhaltung | kreditor*
            rib | iban | sepa | compte | comptabilite | comptable | prelever | preleve | debit*
                versement | verser | acquitter | acquittee | tarif | euros ttc | ttc | ht | argent
                somme | penalite* | paye | payee | payer | payes
            iban | sepa | cuenta | contabilidad | ingreso | ingresado | abonar* | abonado
                transferir | transferi* | deuda | plazo de pago | euros | gestoria | paga | cargo
                cobrado | base imponible
            iban | sepa | conto | contabilita | versament* | versare | versato | addebit* | debito
                rata | rate | spese | importi | commercialista | euro | pago | paghi | incass*
                penale
            rekening* | boekhoud* | bedrag | konto | konta | kwota | ksiegow* | valor | conta
                vencimento | belopp | belop | betalt
        """,
    },
}  # fmt: skip
