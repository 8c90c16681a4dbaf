"""What mails of each kind say: words and turns of phrase of many languages, with what each weighs.

Written as they are compared: small letters, no accents, no marks. A * stands for any ending. Languages
in the order of their lines: English, German, French, Spanish, Italian, others.
"""

from __future__ import annotations

# kind -> weight -> words. A kind is a label, or something several labels look at.
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
        """,
    },
    "meeting": {
        3: """
            can we talk | could we talk | can we speak | let s speak | let s talk | jump on a call
                quick call | give me a call | reschedul* | appointment | are you free | meet up
                video call | ring me | phone me | has invited you to | invited you to
                works for you | suit you | shall we meet | could we sit down | see you at
                move our call | is moved to | calling you
            terminverschiebung | terminfindung | terminvorschlag* | terminbestatigung
                besprechung* | telefonat* | telefonieren | videokonferenz* | kennenlernen
                treffen wir | lassen sie uns sprechen | umgebucht | passt dir | passt ihnen
                passt euch | wann konnt | wann kannst du | hatte zeit | zeit hatten
                verschieben wir | sprechen wir | ladt sie zu | telefontermin | ortstermin
                was ist ihnen recht | geht auch
            rendez-vous | rendez vous | rdv | on decale | reporter notre | visioconference*
                en visio | on se voit | on se voyait | se retrouve | reunion a
                je vous propose le | creneau* | on dit | seriez-vous disponible
                etes-vous disponible | te convient | vous convient | on s appelle | appelez-moi
                plutot a
            nos vemos | quedamos | videollamada* | llamadita | reunion el | reunirnos
                lo pasamos al | te viene bien | le viene bien | os viene bien | hablamos el | cita
                mejor a las | aplazamos | posponemos | llamada el | tomamos un cafe | una llamada
            ci vediamo | ci sentiamo | sentiamoci | vederci | vediamoci | incontriamoci
                appuntamento* | videochiamata* | facciamo una video | sopralluogo
                ti ha invitat* a | riprogrammat* | spostiamo | annullo | va bene alle | una call
                salta domani | ci incontriamo | le va bene | ti va bene
            afspraak* | vergadering* | bellen | bel maar | schikt | spotkani* | spotkac | reuniao
                encontrarmo* | mote | motet | traffas | ses vi | შევხვდ* | შეხვედრ*
        """,
        1.5: """
            call | meeting | schedule* | calendar | invite | invitation | availab* | zoom
                teams link | join | sync | cancelled | postpone* | slot* | tomorrow | noon
            termin* | anrufen | verschieb* | einladung | morgen fruh | kalender | absag* | tragt
                sitzung | gesprach
            reunion | appel | decaler | reporter | annule* | demain | disponible* | apero
                invitation | creneau
            reunion | llamada | manana por la | cancel* | aplaz* | jueves por la | convocatoria
                cafe
            riunione | chiamata | domattina | rimand* | domani | confermi | invito | call
            morgen om | jutro | amanha | imorgon | telefon | gadamirek* | გადამირეკ* | შაბათს
        """,
    },
    "lead": {
        3: """
            job alert* | new jobs | new gigs | matching jobs | new message from your contact form
                website enquiry | request for quot* | quote for | what do you charge | your rates
                your rate for | would you be interested | interested at all | are you taking
                are you available for | we are looking for | we re looking for
                looking for a translator | looking for someone | freelance role | contract role
                put you forward | recommended you | passed me your name | gave me your name
                your profile | came across your | could you quote | how much would
                send me a quote | would you take | take it on | i recommended you
                gave them your name | sent you an offer | new project | invited you to apply
            suchagent* | neue auftrage | neuer auftrag | neue projekte | was kostet
                was wurde das kosten | kostenvoranschlag* | angebot fur | unverbindliches angebot
                suchen jemand* | wir suchen | ich suche jemand* | suche eine* ubersetz*
                hattest du luft | freie kapazitat* | haben sie kapazitat* | ihre konditionen
                ihr profil | empfohlen | rahmenvertrag | budget ware | honorarvorstellung*
                stundensatz | lebenslauf und | wurden sie das | war das was | nehmen sie auftrage
                kontaktformular | bei ihnen anfragen | konnten sie sich vorstellen
            appel d offres | remettre une offre | demande de devis | un devis pour | quel prix
                quels seraient vos tarifs | vos tarifs | cherche quelqu un | cherchons
                nous recherchons | on m a donne votre nom | m a donne votre | missions pour
                nouvelles missions | nouvelle mission | seriez-vous interesse*
                vous faites ce genre | test remunere | votre candidature a retenu
                je leur donne ton | formulaire de contact | cahier des charges | combien cela
                combien ca | recommande* par | je te refile
            presupuesto para | pedir presupuesto | un presupuesto | rogamos presupuesto
                su tarifa | tu tarifa | sus tarifas | por cuanto sale | cuanto cuesta
                cuanto cobra* | buscamos | busco a alguien | me dio su contacto
                nos la ha recomendado | ha recomendado | nuevas ofertas | oferta directa
                te ofrece | te cedo | vacante freelance | te interesa | le interesa*
                estaria usted libre | formulario web | mensaje nuevo desde | podria encargarse
                encargo* | un proyecto
            un preventivo | chiediamo un preventivo | preventivo per | la sua tariffa
                la tua tariffa | tariffa proposta | quanto costa | quanto chiede | quanto viene
                cerchiamo | cerco qualcuno | il tuo profilo | il suo profilo | sei disponibile
                sarebbe disponibile | disponibilita | incarichi | nuovo incarico
                potrebbero piacerti | nuova richiesta dal sito | modulo contatti | candidati
                mi serve | le interess* | ti interess* | ti ha scritto
                mi hanno fatto il suo nome | ti giro
            offerte aanvragen | wij zoeken | op zoek naar | szukamy | wspolpraca
                bylaby pani zainteresowana | wycen* | orcamento | procuramos | soker en | offert
                letar efter | ser etter | tilbud pa | vraagje over | wat kost | ile kosztuje
                kunt u | კუთხით | გვჭირდება | ღირს
        """,
        1.5: """
            budget | quote | fee | rate | rates | freelance* | remote | hire | hiring | brief
                commission* | deadline | project | per word | per hour | an hour | a day
                proposal | grant money | portfolio | recruit* | we need | looking for | rfp
            auftrag* | angebot* | honorar* | gage | budget | preis | preise | anfrage | projekt*
                freiberuf* | bewerb* | normseite* | zeilenpreis | lieferung bis
                brauchten jemand* | brauchen wir | kostet
            devis | tarif* | budget | mission* | prestation* | projet* | offre* | candidature*
                commande | feuillet* | renseignement* | remunere*
            presupuesto* | tarifa* | oferta* | candidatura* | vacante* | proyecto* | palabras
                autonom* | consulta | ofrecemos | pagan
            preventiv* | tariff* | budget | progetto | collaborazione | cartelle | compenso
                parole | richiesta | consegnare | traduttor*
            budzet | brutto | opdracht* | tarief* | uppdrag | oppdrag | projekt* | projeto
                orcamento | zlecen*
        """,
    },
    "work": {
        1: """
            translat* | proofread* | edit | copy | design* | logo | website | web site | layout
                typeset* | illustrat* | subtitle* | brochure* | booklet* | poster* | labels
                localis* | localiz* | photo* | develop* | program* | copywrit* | voiceover
                catalogue*
            ubersetz* | gestalt* | lektorat | korrektorat | webseite* | plakat* | programmheft
                untertitel | einladungskarten | katalog* | illustration* | setzen | layout
                broschure* | beglaubig* | visitenkarte* | flyer | entwickl*
            traduct* | traduire | traduit* | mise en page | mettre en page | affiche* | plaquette*
                illustration* | graphis* | sous-titr* | relecture* | site web | fiches
                etiquette* | brochure* | livret*
            traduc* | traduzca | maquet* | diseno | disenar | cartel* | etiqueta* | folleto*
                subtitul* | ilustra* | web | catalogo* | corregir
            tradu* | impagin* | grafica | copertina | locandin* | etichett* | sottotitol*
                illustraz* | sito | catalogo | revisione | manualistica
            vertal* | vertaling* | ontwerp* | okladk* | projektu* | sklad* | tlumacz* | oversett*
                oversatt* | omslag | capa | boekje
        """
    },
    "newsletter": {
        2.5: """
            unsubscribe | newsletter* | view in browser | you are receiving this
                you receive this | webinar* | % off | our blog | special offer* | last chance
                bulletin | manage preferences | save your seat | limited time | how likely are you
                dear members | dear friends | in this issue | this month | read more
                black friday | promo code | with code | book more clients | increase your
                grow your | seo
            abbestell* | abmelden | newsletter* | rundmail | rundbrief | sie erhalten diese*
                liebe leserinnen | liebe mitglieder | liebe kolleginnen und | im browser | rabatt*
                gutschein* | nur heute | unser programm | unsere angebote | jetzt anmelden
                freie platze | seminar | mehr reichweite | in dieser ausgabe | infobrief
            se desabonner | desabonn* | desinscri* | infolettre | au sommaire | soldes
                code promo | offre speciale | chers amis | cheres amies | j en profite
                inscription obligatoire | la lettre du | bonne lecture | formation
                nos portes ouvertes | derniers jours
            darse de baja | darte de baja | boletin* | circular | este mes | descuento*
                oferta especial | ultimas plazas | companeras y | novedades | lee mas | inscribete
                sorteo | nuestro blog | edicion
            disiscri* | annulla l iscrizione | cancella l iscrizione | in questo numero | sconto
                sconti | offerta speciale | leggi l articolo | si informano gli associati
                cari tutti | care tutte | comunicazione n | bando | ingresso libero | scopri
                numero
            afmelden | uitschrijven | nieuwsbrief* | korting* | nyhetsbrev* | avregistrer | wypisz
                newsletteru | subscricao | cancelar subscricao
        """
    },
    "notification": {
        2.5: """
            signed in | sign-in | new login | password was changed | password changed
                verification code | your code is | delivered | has shipped | out for delivery
                build failed | build passed | mentioned you | commented on | viewed your profile
                starts in | storage | do not reply | out of office | automatic reply | undelivered
                undeliverable | delivery status | returned mail | backup completed | accepted your
                your subscription | reminder : | assigned to you | uploaded | shared with you
                moved the card
            angemeldet | anmeldung von | kennwort wurde | passwort wurde | zugestellt | sendung
                abwesenheit* | unzustellbar | bin nicht im buro | automatische antwort
                bald fallig | kontaktanfrage | hat sie erwahnt | hat dich erwahnt | speicherplatz
                bestatigungscode | nicht zugestellt | wurde aktualisiert
                sie sind jetzt verbunden | abholbereit
            connexion depuis | nouvelle connexion | mot de passe de votre compte | a ete modifie
                votre colis | code de retrait | absence du bureau | reponse automatique
                non remis | a publie | vous a mentionne* | a consulte | a commente | rappel :
            inicio de sesion | ha iniciado sesion | contrasena ha | tu paquete | su paquete
                mensaje no entregado | no se ha entregado | respuesta automatica
                fuera de la oficina | te ha mencionado | movio | su reserva | no estabas en casa
                no ha sido seleccionada | espacio
            accesso da | nuovo dispositivo | la tua password | il tuo pacco | consegnato
                fuori sede | risposta automatica | fuori ufficio | mancata consegna
                ti ha menzionat* | ha aggiunto | ha commentato | conferma la modifica
                avvisi nelle impostazioni
            afwezig | automatisch antwoord | bezorgd | levert | levererat | frånvaro | franvar*
                ausente | resposta automatica | dostarczon*
        """
    },
    "private": {
        2: """
            mum | dad | love you | birthday | dinner | cat | your plant | gossip | hugs | kisses
                party | thesis | dissertation | internship | reading room | i loved your
            oma | opa | katze | geburtstag | kuss | liebe grusse von mama | praktikum
                masterarbeit | bachelorarbeit | druckfehler | finanzamt | standesamt | im auftrag
                meldebescheinigung | bucherei
            maman | papa | bisous | anniversaire | stage | memoire | bonnet | la cle | voisin*
                prefecture | mairie
            besos | abuel* | mama | papa | cumpleanos | trabajo de fin | tfm | tesis | expediente
                registro civil | esterilla
            baci | nonna | mamma | compleanno | tesi | tirocinio | condominio | biblioteca
                anagrafe | gatto
            scriptie | mamma | mor | klem | kram | babcia | urodziny | დედა | შვილო | დამირეკე
        """
    },
    # What frauds say. Alone these only support; what they ask for weighs more.
    "urgency": {
        1: """
            urgent* | immediately | within 24 hours | within 12 hours | before midnight
                last notice | final notice | suspended | limited | permanent closure
                will be closed | will be deleted | legal action | quickly and quietly
                today only by | at once | expires today | on hold | act now | failure to | asap
                solicitors
            dringend* | umgehend | sofort* | innerhalb von 24 | noch heute | letzte mahnung
                gesperrt | eingeschrankt | gesperrt wird | heute noch | bis mitternacht
                vertraulich | rechtliche schritte | pfandung | binnen
            urgent* | immediatement | sous 24 | sous 48 | dernier avis | derniere relance
                suspendu* | bloque* | sera ferme | avant minuit | confidentiel* | poursuites
                expire*
            urgente* | inmediat* | antes de 10 | en 24 horas | ultimo aviso | suspendid*
                bloquead* | antes de medianoche | confidencial* | hoy mismo | caduca hoy | embargo
            urgent* | immediat* | entro 24 | entro oggi | ultimo avviso | sospes* | bloccat*
                a mezzanotte | riservat* | saranno eliminati | fra 6 ore | 12 ore | distrutto
                pignoramento
            omgaande | spoed | onmiddellijk | geblokkeerd | pilne | natychmiast* | zablokowan*
                urgente* | omedelbart | sparrat | sperret
        """
    },
    "bait": {
        2: """
            confirm your identity | verify your | card number | sign in with your e-mail
                sign in to view | e-mail password | email password | date of birth | customs fee
                unusual activity | your mailbox | quarantine* | reactivate | update your payment
                held messages | shipping fee | remote assistance | security check
                your account will
            identitat bestatigen | daten bestatigen | kartennummer | mit ihrem e-mail-kennwort
                mail-passwort | zollgebuhr | verifizier* | zollgebuhren | ungewohnliche aktivitat*
                ihr postfach | postfach voll | photo-tan | pushtan | freischalten | konto wird
                daten aktualisieren | quarantane
            confirmez votre identite | verifiez | numero de carte
                mot de passe de votre messagerie | frais d envoi | frais de douane
                frais de livraison | activite inhabituelle | votre boite | mettre a jour vos
                reactiver | carte vitale | votre compte sera | regulariser
            confirme su identidad | verifique | numero de tarjeta | correo y contrasena
                si no lo reconoce | cancelelo | gastos de envio | tasa* de aduana
                actividad inusual | su buzon | actualice sus datos | reactivar | su cuenta sera
            confermi la sua identita | verifichi | numero di carta | password della posta
                se non riconosce | aggiorni i dati | spese di spedizione | dazio
                attivita insolita | casella di posta | quarantena | in sospeso | assistenza remota
                riattiv* | giacenza
            bevestig uw | betaalkaart | douanekosten | verifieer | potwierdz | zweryfik*
                confirme os seus | bekrafta din | bekreft
        """
    },
    "fraud": {
        3: """
            gift card* | next of kin | late mr | estate of the late | inheritance | unclaimed
                affidavit fee | lottery | beneficiary | million dollars | wire the rest
                send the rest | keep your fee | overpaid | cashier s cheque | bitcoin
                cannot talk | do not tell | disable your antivirus | double-click | enable macros
                enable content | your webcam | send me the codes
            geschenkkarte* | gutscheinkarte* | gutscheincodes | erbschaft | erbe | nachlass
                scheck im voraus | den rest bar | senden den rest | rest uberweisen
                verstorbene* kunde* | lotterie | bitcoin | virenschutz aus* | antivirus
                makros aktivieren | inhalte aktivieren | nicht anrufen | prepaid-karten
            carte* cadeau* | heritage | heritier* | succession | cheque de banque
                renverrez la difference | le surplus | loterie | bitcoin | cartes prepayees
                ne m appelle pas | double-cliqu* | desactive* votre antivirus | activer les macros
                coupons pcs | defunt*
            tarjeta* regalo | herencia | heredero* | difunt* | cheque por adelantado
                devuelva el resto | el resto a | loteria | bitcoin | no me llames
                desactive su antivirus | habilitar macros | codigos por
            carte regalo | gift card | eredita | erede | defunt* | assegno | la differenza
                il resto a | lotteria | bitcoin | non chiamarmi | disattiv* l antivirus
                abilitare le macro | fare tu un bonifico | fai tu un bonifico
            cadeaubon* | erfenis | spadek | heranca | arv etter | presentkort | gavekort
        """
    },
    # Another account than before, said in words.
    "new account": {
        2: """
            new account | new bank | new iban | bank details have changed | updated bank*
                change of bank | changed bank* | changed our bank | old account | previous account
                account at the previous | instead of the old | our account has changed
                bank details changed | different account | on this account | to this account
                banking information | wound down | use the following account | new details
            neues konto | neue bankverbindung | neue kontonummer | neuen bankverbindung
                neue iban | anderung unserer bank* | bankverbindung geandert | altes konto
                alte konto | bisherige konto | hausbank gewechselt | auf dieses konto
                nicht mehr auf das | geanderte bank* | kontowechsel | ausschliesslich auf
                neues geschaftskonto | anderes konto | stammdaten
            nouveau rib | nouveau compte | nouvel iban | nouvelles coordonnees
                changement de banque | change de banque | ancien compte | ancien rib
                mise a jour rib | modification de rib | coordonnees bancaires ont | sur ce compte
                changement de rib | autre compte
            nueva cuenta | cuenta nueva | nuevo iban | cambio de cuenta | cambio de banco
                cambiado de banco | datos bancarios han | cuenta antigua | cuenta anterior
                nuevo numero de cuenta | a esta cuenta | la de siempre esta | otra cuenta
                nuevos datos
            nuovo conto | nuovo iban | nuove coordinate | variazione coordinate | variazione iban
                cambio di banca | cambiato banca | vecchio conto | conto precedente | su questo
                cambio iban | coordinate sono cambiate | annulla e sostituisce | altro conto
                esclusivamente sul conto
            nieuwe rekening | nieuw rekeningnummer | nowe konto | nowy numer konta | nova conta
                novo iban | nytt konto | ny konto | nytt bankkonto | kontonummer er endret
                oude rekening
        """
    },
    "password": {
        2: """
            password is | password : | the password | passcode
            kennwort lautet | passwort lautet | kennwort | passwort
            mot de passe est | mot de passe :
            la contrasena es | contrasena : | clave :
            la password e | password :
            wachtwoord | haslo
        """
    },
}  # fmt: skip

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
    " support service services giacenza pacco frais zollgebuhr".split()
)
