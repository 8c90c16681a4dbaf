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
            could we meet | can we meet | shall we speak | shall we talk | let us meet
                let's meet | meet for | meet on | meet at | meet next | a call on | a call at
                call at | call on monday | call tomorrow | speak on | phone call | time for a call
                time to talk | are you around | are you available on | free on | free tomorrow
                free next | free this week | when are you free | when can you | what time
                which day | another time | new time | push it to | push back | move it to
                move to | bring forward | can't make it | cannot make it | can't make
                running late | see you on | see you tomorrow | see you there | drop by | come by
                pop in | come over | have lunch | lunch on | a coffee | for coffee
                calendar invite | sent an invite | dial in | join the meeting | meeting link
                kick-off | kickoff | no sync | accepted : | declined : | invitation :
                cancelled : | pick a slot | book a slot | booked a | your booking | your visit
                half an hour | half hour
            treffen | wann passt | passt es | passt das | passt mir | passt bei | klappt es
                klappt bei | wann hatten sie zeit | wann hast du zeit | hast du zeit
                haben sie zeit | zeit fur ein | sehen wir uns | wir uns am | vorbeikommen
                komm vorbei | kommst du vorbei | vorbeischauen | mittagessen | auf einen kaffee
                kaffee trinken | terminanfrage | terminabsage | ersatztermin | neuer termin
                termin am | terminverlegung | verlegen | verlegt | vertagen | vertagt | verschoben
                verschieb* | statt um | statt am | uhrzeit | ruf mich an | rufen sie mich
                rufst du | ich rufe | anruf um | telefonkonferenz | video um | per video | zoom um
                wie ware es | zugesagt | abgesagt | zeitfenster | ortsbegehung | besichtigung
                vorgesprach | kennenlerngesprach | einladung zur besprechung | bin um | komme um
                eine stunde spater
            se voir | nous voir | se rencontrer | nous rencontrer | vous rencontrer | rencontre
                on se retrouve | dejeuner | un cafe | boire un | passer te voir | passer vous voir
                serais-tu libre | es-tu libre | tu es libre | etes-vous libre | seriez-vous libre
                tu serais dispo | dispo | vos disponibilites | tes disponibilites | quelle heure
                ca te va | ca vous va | vous irait | t'irait | convient-il | conviendrait
                repousser | repousse | avancer notre | avancer l'heure | decaler | decale
                on avance | annulation du | je dois annuler | annulee : | invitation :
                point telephonique | coup de fil | un appel | t'appelle | vous appelle
                appelle-moi | me rappeler | rappelle-moi | visio | reunion de | reunion du
                ordre du jour | visite de | etat des lieux | votre rendez-vous | votre seance
                en retard
            vernos | nos vemos | vemonos | reunirse | reunion de | reunion con | la reunion
                convocamos | quedar | quedemos | quedamos | comemos | comer juntos | un cafe
                a que hora | que dia | te va bien | le va bien | os va bien | te iria | le iria
                te encaja | le encaja | cambiar la cita | cambiamos la | mover la | pasamos a
                pasarlo al | lo dejamos para | adelantar* | retrasar* | atras* | tienes un hueco
                un hueco | hueco | estas libre | esta libre | disponibilidad el | llamame
                me llamas | te llamo | le llamo | hablar por telefono | videoconferencia
                por video | visita el | su cita | tu cita | cancelada : | aceptado :
                invitacion : | no llego | llego tarde | puedo a las
            vedersi | vederti | ci si vede | incontro | incontrarci | incontrarla | incontriamoci
                a pranzo | pranzo | un caffe | a che ora | che giorno | quando puoi | quando puo
                quando sei | sei liber* | e liber* | siete liber* | saresti liber*
                sarebbe liber* | posso passare | passo da | passi da | ti chiamo | la chiamo
                mi chiami | chiamami | telefonata | una chiamata | posticip* | anticip* l | rinvi*
                slitta | spostare a | spostare l | sposta* | annullat* : | accettato : | invito :
                appuntament* | in video | videoconferenza | al telefono | il suo appuntamento
                la sua visita | arrivo tardi | facciamo alle | facciamo il | meglio alle
            afspreken | afspraak | hoe laat | komt het uit | kunnen we | past het | spotkajmy
                o ktorej | spotkanie | przelozyc | encontramo-nos | a que horas | reuniao
                pode ser as | moteforesporsel | nar passer | passar det | boka | traff*
                kan vi ses | ringer | შეხვედრა | როდის გცალია
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
            could you translate | could you design | can you translate | can you help us
                do you also | do you do | do you offer | do you take | do you have capacity
                have capacity | free capacity | would you be able | would you be available
                would you like to work | would you consider | interested in working
                interested in a | work with you | working with you | collaborat* | quotation
                an estimate | estimate for | ballpark | what would it cost | what would you charge
                how much do you | how much for | your price | your pricing | day rate
                hourly rate | per-word rate | rate card | tender | request for proposal
                invitation to tender | we need a | we need someone | need somebody | i need a
                need help with | in need of a | looking to hire | new client | potential project
                paid work | paid job | paid commission | write you into | saw your work
                seen your work | found your site | found your website | found you | your website
                your portfolio | your name from | got your name | was recommended
                you were recommended | referred by | pass it to you | pass this on to you
                not for me | too busy to take | can't take it | overflow | subcontract* | vendor
                onboard you | join our pool | freelancer pool | translator wanted
                designer wanted | wanted : | opening for | shortlisted | assignment
                we would love to
            konnten sie ubersetzen | konnten sie uns | konnten sie fur uns | ubernehmen sie
                wurden sie ubernehmen | haben sie lust | hatten sie lust | hast du lust
                hattest du lust | interesse an | hatten sie interesse | hast du interesse
                haben sie zeit fur | kapazitaten | luft fur | was nehmen sie | was verlangen sie
                was verlangst | ihre preise | ihr preis | ihren preis | zu welchem preis
                preisvorstellung | honorarvorstellungen | tagessatz | wortpreis | angebot machen
                angebot erstellen | ein angebot | ausschreibung | vergabe | wir benotigen
                wir brauchen jemand* | brauche jemand* | brauchen eine* ubersetz* | gesucht :
                gesucht | freie mitarbeit | freelancer | auf honorarbasis | ihre adresse bekommen
                ihren namen bekommen | ihre webseite | ihre website | ihre arbeit* gesehen
                auf ihrer seite | uber sie gestossen | auf sie gekommen | weiterempfohlen
                hat sie empfohlen | hat dich empfohlen | kann ich nicht annehmen
                ich schaffe es nicht | gebe ich dir weiter | willst du das | magst du
                ubersetzerpool | zusammenarbeit | zusammenarbeiten | projektanfrage
                auftragsanfrage | neue* auftrag*
            pourriez-vous traduire | pourriez-vous nous | seriez-vous disponible pour
                seriez-vous libre pour | auriez-vous du temps | aurais-tu le temps | prenez-vous
                prendriez-vous | acceptez-vous des | faites-vous | est-ce que vous faites
                proposez-vous | etes-vous interesse* | ca t'interesse | cela vous interesse*
                si cela vous tente | ca te tente | travailler avec vous | travailler ensemble
                collaborer | collaboration | quel serait votre prix | quel serait le cout
                combien coute* | combien demandez | combien prenez | combien facturez | estimation
                un ordre de prix | chiffrer | votre tarif | tarif au mot | tarif jour | devis pour
                etablir un devis | faire un devis | demande de prix | mise en concurrence
                marche public | consultation : | nous avons besoin | j'ai besoin d'un
                j'aurais besoin | besoin d'une traduct* | je cherche | nous cherchons
                recherche traduct* | recherche graphiste | mission de | une mission
                freelance recherche* | votre site | vu votre travail | vos coordonnees par
                trouve vos coordonnees | m'a parle de vous | nous a parle de vous | recommandee
                conseille votre nom | je te passe | je te propose | te refiler
                je ne peux pas prendre | trop charge* | sous-trait* | vivier | commande d'une
                projet de traduction | un projet
            podria traducir | podrias traducir | podria usted | podria hacernos | puede hacernos
                haces tambien | hace usted | hacen ustedes | ofrece usted | tendria disponibilidad
                tendrias hueco para | tendrias tiempo | tiene disponibilidad
                estas disponible para | le interesaria | te interesaria | os interesa
                si te interesa | si le interesa | trabajar contigo | trabajar con usted
                colaborar | colaboracion | cuanto costaria | cuanto seria | cuanto me
                cuanto cobraria* | cuanto nos | que precio | que cobras | su presupuesto
                tu presupuesto | presupuesto | precio por palabra | licitacion | concurso
                necesitamos | necesito | necesitaria | nos hace falta | me hace falta | buscando
                se busca | estoy buscando | estamos buscando | freelance para | autonom* para
                su pagina | tu pagina | tu web | su web | vi tu trabajo | hemos visto
                me hablo de ti | nos hablo de usted | recomend* | me paso tu | me dieron su
                me han dado | te paso un | te paso este | te lo paso | no me da la vida
                no puedo cogerlo | subcontrat* | bolsa de traductor* | encargarte | encargarse
                encargo
            potrebbe tradurre | potresti tradurre | potrebbe farci | puo farci | potreste
                fa anche | fate anche | lei fa | si occupa di | ti occupi di | avrebbe tempo
                avresti tempo | avrebbe disponibilita | hai tempo per | saresti disponibile
                le interesserebbe | ti interesserebbe | ti andrebbe | ti va di | lavorare con
                lavorare insieme | collaborare | collaborazione | quanto costerebbe
                quanto verrebbe | quanto vuole | quanto prendi | quanto prende | quanto sarebbe
                che prezzo | i suoi prezzi | un prezzo | tariffa a | gara | bando di gara
                ci serve | ci servirebbe | mi servirebbe | abbiamo bisogno | avrei bisogno
                avremmo bisogno | ho bisogno di | sto cercando | stiamo cercando | cercasi
                si cerca | libero professionista | il suo sito | il tuo sito | visto i suoi lavori
                visto i tuoi | mi ha parlato di | ci ha parlato di | consigliat*
                mi ha dato il suo | avuto il suo nome | ti passo | ti lascio
                non riesco a prenderlo | non ce la faccio | subappalt* | elenco fornitori
                incarico | commissionar*
            kunt u vertalen | zoekt u | bent u beschikbaar | heeft u tijd | hoeveel kost
                prijsopgave | samenwerk* | czy moglaby | szukam | zlecenie | ile by
                poderia traduzir | preciso de | precisamos | quanto custa | orcamento para
                kan du oversette | vi soker | vad kostar | vi trenger | hva koster | მჭირდება
                რა ღირს | თარგმნა
            looking for an | looking to have | looking to get | someone who can | somebody who can
                someone to | could you do | can you do | would you do | could you take
                are you able to | would you have time | do you have time | have you got time
                got time for | any chance you | fancy | keen to work | up for | are you up for
                what are your rates | your usual rate | what's your rate | price per
                how long would | turnaround | lead time | by when could you | commission a
                commission you | hire you | book you | engage you | sworn translation
                certified translation | subtitles for | translate our | translate my | translate a
                design our | design a | design for our | layout of our | logo for
                website for our | brochure for | cover for | illustrate a | illustrations for
                our new brand | our new website | small budget | modest budget | budget is
                paid properly | pay is
            jemanden der | jemand der | jemanden fur | jemand fur | suchen wir | suche ich
                kannst du ubersetzen | konntest du ubersetzen | konnten sie das machen
                konntest du das machen | machen sie auch | machst du auch | bieten sie auch
                bieten sie | hatten sie kapazitat* | hatten sie zeit | haben sie noch
                ware das was | ware das etwas | ware das moglich | was wurde | was berechnen
                wie viel kostet | wieviel kostet | wie teuer | preis pro | wie lange brauchen
                wie lange brauchst | wie schnell | beglaubigte ubersetzung | untertitel fur
                ubersetzung von | ubersetzung ins | ubersetzung unserer | ubersetzung eines
                ubersetzung fur | ein logo | logo fur | website fur | broschure fur | flyer fur
                cover fur | umschlag fur | plakat fur | kleines budget | bezahlung | gut bezahlt
                bezahlt wird | vergutung
            quelqu'un pour | quelqu'un qui | une personne pour | une traductrice pour
                un traducteur pour | un graphiste pour | une graphiste pour | cherche une
                cherche un | recherchons | recherche une | recherche un | pourriez-vous faire
                pouvez-vous traduire | pourrais-tu traduire | peux-tu traduire
                tu pourrais traduire | tu pourrais faire | ca te dirait | ca te dit
                vous seriez partante | vous seriez interesse* | seriez-vous partante
                est-ce possible | est-ce dans vos cordes | quel tarif | quel budget | a combien
                cela couterait | ca couterait | prix au mot | sous quel delai | quels delais
                delai de | traduction assermentee | traduction certifiee | traduction de notre
                traduction de nos | traduction du | traduction d'un | traduction d'une
                traduire notre | traduire nos | traduire un | traduire une | sous-titres pour
                un logo | logo pour | site pour | affiche pour | couverture pour | petit budget
                budget modeste | remuneration | bien paye | c'est paye
            alguien que | alguien para | una traductora | un traductor | una disenadora
                buscamos a | busco una | busco un | puede traducir | podrias hacer | podria hacer
                puedes traducir | te apetece | te apeteceria | le apetece | te animas
                te vendria bien | seria posible | haces este tipo | hacen este tipo | que tarifa
                que presupuesto | a cuanto | cuanto es | cuanto saldria | precio por
                en que plazo | que plazo | plazos | traduccion jurada | traduccion de nuestra
                traduccion de un | traduccion de una | traducir nuestra | traducir nuestro
                traducir un | traducir una | traducir al | subtitulos para | un logo
                logotipo para | web para | cartel para | portada para | poco presupuesto
                presupuesto pequeno | pago | remunerad* | bien pagado | pagamos
            qualcuno che | qualcuno per | una traduttrice | un traduttore | una grafica
                un grafico | cerco una | cerco un | cerchiamo una | cerchiamo un | puo tradurre
                puoi tradurre | potresti fare | potrebbe fare | ti interessa | le interessa
                vi interessa | ti piacerebbe | le piacerebbe | sarebbe possibile
                fa questo genere | fate questo | che tariffa | che budget | a quanto | quanto e
                prezzo a | in quanto tempo | che tempi | i tempi | tempi e costi
                traduzione giurata | traduzione asseverata | traduzione del | traduzione di un
                traduzione di una | traduzione della | tradurre il | tradurre in | tradurre un
                tradurre una | sottotitoli per | un logo | logo per | sito per | locandina per
                copertina per | piccolo budget | poco budget | compenso | ben pagato | paghiamo
            iemand die | een vertaler | een ontwerper | kogos kto | tlumaczki | tlumacza
                alguem que | uma tradutora | nagon som | en oversattare | en oversetter | noen som
        """,
        1.5: """
            budget | quote | fee | rate | rates | freelance* | remote | hire | hiring | brief
                commission* | deadline | project | per word | per hour | a day | proposal
                grant money | portfolio | recruit* | we need | looking for | rfp
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
    # Of a meeting that was, not of one to come.
    "met": {
        3: """
            following our call | following our meeting | after our call | after our meeting
                as discussed on | as discussed in | thanks for the call | thank you for the call
                good to talk | nice to talk | great to meet | good meeting
                notes from the meeting | minutes of | when we speak | before the call
                before the meeting | last meeting | yesterday's call | on the call
            nach unserem gesprach | nach unserem telefonat | nach dem gesprach
                nach der besprechung | wie besprochen | wie telefonisch | wie am telefon
                danke fur das gesprach | danke fur das telefonat | protokoll der | vor dem termin
                vor der besprechung | in der sitzung | gestern besprochen | letzten termin
            suite a la reunion | suite a notre | suite a l'appel | apres notre | comme convenu
                comme discute | compte rendu | merci pour l'appel | merci pour la reunion
                avant la reunion | lors de la reunion | lors de notre | a la reunion de ce
                hier au telephone
            tras la reunion | tras nuestra | despues de la reunion | como hablamos | como quedamos
                segun lo hablado | gracias por la llamada | gracias por la reunion | acta de
                antes de la reunion | en la reunion de | de la reunion de ayer | como te dije
            dopo la riunione | dopo la nostra | dopo la chiamata | come concordato
                come d'accordo | come detto | grazie della chiamata | grazie della riunione
                verbale | prima della riunione | nella riunione | riunione di ieri
                alla riunione di ieri
        """,
    },
    # What those say who sell to people they do not know.
    "selling": {
        2.5: """
            our agency | our team of | our services | our company | our solution | our platform
                our software | our tool | our clients save | we help | we specialise
                we specialize | we provide | we are a leading | we offer | outsourc* | seo
                backlink* | guest post* | rank | ranking | more traffic | lead generation
                b2b leads | qualified leads | your website could | redesign your website
                free audit | free demo | book a demo | demo | 15 minutes of your time
                following up on my | bumping this | price list | bulk order | manufacturer
                sponsored post | link on your site | increase your sales | scale your
                your competitors | not interested | no thanks | reply stop | unsubscribe me
            unsere agentur | unser team | unsere leistungen | unser unternehmen | unsere losung
                unsere plattform | unsere software | wir helfen | wir unterstutzen | wir bieten
                wir sind spezialisiert | als fuhrender | suchmaschinenoptimierung | seo
                mehr kunden | mehr umsatz | mehr sichtbarkeit | neukundengewinnung
                kostenloses erstgesprach | kostenlose analyse | unverbindlich | kostenlose demo
                15 minuten ihrer zeit | ich hake nach | kein interesse | ihre website konnte
                werbeanzeige | firmenverzeichnis | brancheneintrag | rabattaktion
            notre agence | notre equipe | nos services | notre societe | notre solution
                notre plateforme | notre logiciel | nous aidons | nous accompagnons
                nous proposons | specialise dans | leader | referencement | seo | plus de clients
                plus de visibilite | votre visibilite | audit gratuit | demo gratuite
                demonstration | 15 minutes de votre temps | je me permets de revenir
                pas interesse | votre site pourrait | annuaire | generer des
            nuestra agencia | nuestro equipo | nuestros servicios | nuestra empresa
                nuestra solucion | nuestra plataforma | nuestro software | ayudamos a
                le ayudamos | te ayudamos | ofrecemos | somos especialistas | lider en
                posicionamiento | seo | mas clientes | mas ventas | mas visibilidad
                auditoria gratuita | demo gratuita | demostracion | 15 minutos de su tiempo
                vuelvo a escribirle | no le interesa | su web podria | directorio
            la nostra agenzia | il nostro team | i nostri servizi | la nostra azienda
                la nostra soluzione | la nostra piattaforma | il nostro software | aiutiamo
                offriamo | siamo specializzati | leader | posizionamento | seo | piu clienti
                piu vendite | piu visibilita | analisi gratuita | audit gratuito | demo gratuita
                dimostrazione | 15 minuti del suo tempo | torno a scriverle | non interessa
                il suo sito potrebbe | elenco aziende
            onze diensten | wij bieden | wij helpen | oferujemy | nasza firma | nossos servicos
                oferecemos | vara tjanster | vi erbjuder | vi tilbyr
        """,
    },
    # Work on offer, as programs tell of it.
    "jobs": {
        3: """
            job alert* | new jobs | new gigs | jobs for you | gigs for you | matching jobs
                matching projects | projects matching | new projects | new project for
                new offers | invited you to apply | sent you an offer | sent you a message about
                new enquiry | new inquiry | new request | new lead | budget : | apply now
                apply by | send a proposal | place a bid | clients are looking | new job :
                job offer* | gigs
            suchagent* | neue auftrage | neuer auftrag | neue projekte | neues projekt
                passende auftrage | passende projekte | projekte fur sie | auftrage fur sie
                auftrag fur sie | neue jobs | jobs fur sie | jetzt bewerben | neue anfrage
                anfrage uber | projektangebot* | ausschreibungen | hat ihnen ein angebot
                hat dir ein angebot | sucht ubersetz*
            missions pour | nouvelles missions | nouvelle mission | missions correspond*
                offres pour vous | nouvelles offres | offre de mission | nouveau projet
                projets pour vous | repondre avant | postuler | postulez | vous a envoye une offre
                vous propose une mission | nouvelle demande | demande de devis via
                appels d'offres
            nuevas ofertas | nueva oferta | ofertas para ti | oferta directa | nuevos proyectos
                proyectos para ti | nuevo proyecto | encargos para | nuevos encargos
                candidaturas | postula | presentate | te ofrece | te ha enviado una oferta
                nueva solicitud | nueva peticion | nuevo mensaje desde | alerta de empleo
                propuesta de proyecto
            incarichi | nuovi incarichi | nuovo incarico | nuovi progetti | progetti per te
                offerte per te | nuove offerte | offerta di lavoro | candidati
                potrebbero piacerti | ti ha fatto un'offerta | ti offre | nuova richiesta
                nuova proposta | avviso di lavoro | annunci per te | ti ha scritto
            nieuwe opdrachten | nieuwe opdracht | nowe zlecenia | nowe oferty | novas propostas
                novos projetos | nya uppdrag | nye oppdrag
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
            voice-over | dubbing | transcri* | interpret* | editing | cover | book cover | map
                infographic* | packaging | animation | video | app | shop | captions | article*
                texts | manual* | contract translation | certificate* | menu | signage
            dolmetsch* | synchron* | transkri* | buchcover | cover | umschlag | karte
                verpackung* | animation | artikel | texte | handbuch | urkunde* | speisekarte*
                beschilderung | vertrag ubersetz* | protokoll | onlineshop | satz
            interpret* | doublage | transcri* | couverture | carte | emballage* | animation
                article* | textes | notice* | certificat* | menu | menus | signaletique | panneaux
                catalogue* | dossier de presse | acte de
            interpret* | doblaje | transcri* | cubierta* | portada | mapa | envase* | animacion
                articulos | textos | manual* | certificado* | carta | cartas | senaletica | rotul*
                libro
            interpret* | doppiaggio | trascri* | mappa | confezion* | animazione | articoli
                testi | manual* | certificat* | menu | segnaletica | pannell* | libro | opuscol*
                listino
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
            this week's | weekly digest | monthly digest | digest | top stories | editor's pick
                what's new | product update | new features | introducing | we've updated our terms
                changes to our terms | register now | sign up now | book your place | early bird
                sale ends | free shipping | shop now | new arrivals | our latest | latest news
                podcast | read online | forward to a friend | join thousands | free trial
                upgrade now | case study | white paper | ebook | grow your business | more clients
                get more leads | our services | we help companies | we offer | outsourcing
                boost your | rank higher | website audit | noticed your website
            wochenruckblick | aktion | sonderangebot* | nur noch | sale | versandkostenfrei
                jetzt entdecken | jetzt bestellen | jetzt sichern | neuigkeiten | neu im
                unser magazin | veranstaltungshinweis* | programm | fruhbucher* | kostenlos testen
                mehr erfahren | weiterlesen | webinar | whitepaper | mehr kunden | mehr umsatz
                ihre sichtbarkeit | suchmaschinen* | liebe freundinnen | liebe freunde | an alle
                mitgliederversammlung | geanderte agb | agb
            cette semaine | le meilleur de | nouveautes | decouvrez | profitez | promotion*
                promo | livraison offerte | vente privee | inscrivez-vous | reservez votre place
                essai gratuit | en savoir plus | lire la suite | webinaire | livre blanc
                plus de clients | votre visibilite | referencement | chers adherents
                cheres adherentes | chers membres | assemblee generale | agenda du mois
                actualites | conditions generales | evolution de nos conditions
            esta semana | lo mejor de | novedad* | descubre | aprovecha | promocion* | rebajas
                envio gratis | inscripcion | reserva tu plaza | prueba gratis | saber mas
                seguir leyendo | webinar | mas clientes | tu visibilidad | posicionamiento
                estimados socios | queridas socias | asamblea | agenda de | actualidad
                condiciones de uso | cambios en nuestras condiciones | curso
            questa settimana | il meglio di | novita | approfitta | promozion* | saldi
                spedizione gratuita | iscriviti | prenota il tuo posto | prova gratuita
                scopri di piu | continua a leggere | webinar | piu clienti | la tua visibilita
                posizionamento | cari soci | gentili soci | assemblea | rassegna
                condizioni d'uso | aggiornamento dei termini | corso
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
            order shipped | your order | tracking number | parcel | package | pick-up code
                ready for collection | due soon | overdue book | reservation is ready | liked your
                followed you | started following | new follower | connection request | new comment
                new message from | replied to your | reviewed your | pull request | merged
                pipeline | deployed | domain expires | certificate | renews on | will renew
                has been renewed | changed your | was changed | was updated | was created
                was added | login from | new device | two-factor | one-time code | your code
                confirm your email | verify your email | welcome to | thanks for signing up
                maintenance | outage | resolved : | incident | quota | running low | back up
                backup | vacation | on leave | away until | i am out of | i'm out of
                limited access to email | maternity leave | delivery has failed
                message could not be delivered | mailbox unavailable | address not found
            bestellung | versandt | unterwegs zu ihnen | abholcode | paketshop | sendungsnummer
                ruckgabefrist | vorbestellung | gefallt | folgt ihnen | folgt dir
                neuer kommentar | hat kommentiert | neue nachricht von | wurde geandert
                wurde erstellt | wurde hinzugefugt | anmeldung | neues gerat | einmalcode
                e-mail-adresse bestatigen | willkommen bei | wartungsarbeiten | wartung | storung
                behoben | speicher | sicherung abgeschlossen | bin im urlaub | bis einschliesslich
                nicht im haus | ausser haus | eingeschrankten zugriff | elternzeit | mutterschutz
                vertretung | unzustellbar* | empfanger unbekannt | erinnerung : | profil besucht
                hat ihren beitrag
            commande expediee | votre commande | numero de suivi | point relais | retrait
                livre le | a aime | vous suit | nouveau commentaire | nouveau message de
                a ete ajoute* | a ete mis a jour | a ete cree | nouvel appareil
                code a usage unique | confirmez votre adresse | bienvenue sur | maintenance
                incident | resolu | sauvegarde | espace de stockage | je suis absent* | en conge*
                de retour le | acces limite | conge maternite | n'a pas pu etre remis
                adresse introuvable | a partage | a consulte votre profil | a accepte votre
                rappel
            pedido enviado | tu pedido | su pedido | numero de seguimiento | punto de recogida
                entregado | le ha gustado | te sigue | nuevo comentario | nuevo mensaje de
                se ha anadido | se ha actualizado | se ha creado | nuevo dispositivo
                codigo de un solo uso | confirma tu correo | bienvenid* a | mantenimiento
                incidencia | resuelt* | copia de seguridad | almacenamiento | estoy de vacaciones
                estare fuera | de baja | vuelvo el | acceso limitado | no se pudo entregar
                direccion no encontrada | ha compartido | ha visto tu perfil | acepto tu
                recordatorio
            ordine spedito | il tuo ordine | numero di tracciamento | punto di ritiro | e piaciut*
                ti segue | nuovo commento | nuovo messaggio da | e stato aggiunto
                e stata aggiunta | e stato aggiornato | e stato creato | codice monouso
                conferma il tuo indirizzo | benvenut* su | manutenzione | disservizio | risolto
                backup | spazio di archiviazione | sono in ferie | saro assente | in maternita
                torno il | accesso limitato | non e stato recapitato | indirizzo non trovato
                ha condiviso | ha visto il tuo profilo | ha accettato | promemoria | pubblicat*
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
            mom | grandma | grandpa | cousin | sister | brother | kids | baby | holiday photos
                miss you | lots of love | neighbour* | recipe | football | book club | student
                your lecture | my degree | phd | master's | bachelor | school project
                interview you for | research project | survey for my | permission to quote
                fan of | your translation moved | thank you for your book | council | tax office
                registry | citizen* | parish | residence permit | immigration office | census
                lost property | library | landlord | lease | flat | the stairwell
            omi | mutti | papi | bruder | schwester | urlaubsfotos | vermisse dich | kochen
                rezept | verein | nachbar* | hausverwaltung | treppenhaus | studentin | student
                seminararbeit | hausarbeit an | dissertation | schulerin | interview fur
                umfrage fur | burgeramt | einwohnermeldeamt | auslanderbehorde | stadtverwaltung
                fundburo | volkshochschule | aktenzeichen | ihre anfrage vom | antrag
            mamie | papi | frere | soeur | enfants | tu me manques | bises | je t'embrasse
                recette | immeuble | syndic | etudiante | etudiant | memoire de master | these de
                doctorante | stagiaire | lycee | enquete pour | caf | impots | titre de sejour
                cerfa | dossier n | bibliotheque | objet trouve | lecteur | lectrice | votre livre
            hermano | hermana | primo | prima | hijos | te echo de menos | abrazote | receta
                vecin* | comunidad de | estudiante | trabajo de clase | doctorado | tesina
                encuesta para | ayuntamiento | extranjeria | padron | solicitud | biblioteca
                lector | lectora | su libro | tu libro | gato | perro
            fratello | sorella | cugin* | figli | mi manchi | un abbraccio forte | ricetta
                vicin* | assemblea condominiale | studentessa | studente | tesi di laurea
                dottorato | tirocini* | questionario | comune di | permesso di soggiorno
                protocollo | pratica n | lettore | lettrice | il suo libro | il tuo libro | nonno
                cane
            opa | oma | broer | zus | student | gemeente | bror | syster | soster | kommune | barn
                brat | siostra | urzad | irmao | irma | camara municipal | estudante | დედა | მამა
                ბებია
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
            right away | straight away | as soon as possible | within the hour | within 48 hours
                within two hours | before noon | by 5 pm | today only | before tonight
                end of today | deadline today | only hours | will expire | expires in
                final warning | last chance to | account closed | terminate* | prosecut* | penalt*
                keep this confidential | keep this between us | confidential | discreet*
                a favour | a favor | quick favour | quick task | are you available now
                at your desk | in a meeting | can't talk | cannot take calls | phone is broken
                new number | my new number | text me on
            eilt | eilig | so schnell wie moglich | unverzuglich | in den nachsten stunden
                bis heute abend | bis 12 uhr | innerhalb von 48 | binnen 24 | letzte warnung
                letzte aufforderung | verfallt | lauft ab | lauft heute ab | geschlossen
                geloscht | deaktiviert | strafanzeige | zwangsvollstreckung | diskret | unter uns
                kleinen gefallen | einen gefallen | bist du am platz | bist du im buro
                in einer besprechung | in einer sitzung | kann nicht telefonieren
                handy ist kaputt | neue nummer
            des que possible | au plus vite | sans delai | sous 12 | sous 72 | dans les 24
                dans l'heure | avant ce soir | aujourd'hui meme | dernier rappel | dernier delai
                derniere chance | sera supprime* | sera suspendu* | sera bloque* | penalites
                huissier* | discretion | discret* | entre nous | petit service | un service
                es-tu au bureau | es-tu disponible | en reunion | ne peux pas parler
                telephone est casse | nouveau numero
            cuanto antes | lo antes posible | en 48 horas | antes de las | antes de hoy
                en las proximas | ultima oportunidad | ultimo recordatorio | sera eliminad*
                sera cancelad* | sera bloquead* | caduca | caducara | sancion* | multa
                discrecion | discret* | entre nosotros | un favor | estas en la oficina
                estas disponible ahora | en una reunion | no puedo hablar | movil roto
                numero nuevo
            al piu presto | quanto prima | entro 48 | entro un'ora | entro mezzanotte
                entro stasera | ultima possibilita | ultimo sollecito | sara eliminat*
                sara sospes* | sara bloccat* | scade oggi | scadra | sanzion* | multa
                discrezione | fra noi | tra noi | un favore | piccolo favore | sei in ufficio
                sei al computer | in riunione | non posso parlare | telefono rotto | nuovo numero
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
            mailbox is full | mailbox full | storage is full | storage full | password expires
                password will expire | keep your password | keep same password | validate your
                re-validate | confirm your account | confirm your details | confirm your bank
                confirm your payment | update your billing | update your details
                update your account | billing problem | payment failed | payment was declined
                unusual sign-in | unauthorized | unauthorised | suspicious login | log in to avoid
                avoid suspension | restore access | unlock your | click the link below
                click here to | click below | secure document | protected document
                secure message | encrypted message | view document | shared a document
                sign in with your | enter your password | your pin | tax refund | refund of
                claim your | unpaid toll | parking fine | traffic fine | redelivery | delivery fee
                could not be delivered | pending delivery | release your | copyright infringement
                voice message | your seed phrase | wallet | gift for you | you have won
                call this number | call us immediately | if you did not make
                if you did not authorise | cancel the charge
            postfach ist voll | speicher voll | kennwort lauft ab | passwort lauft ab
                passwort bestatigen | konto bestatigen | konto verifizieren | bestatigen sie ihre
                bestatigen sie ihr | aktualisieren sie | zahlung fehlgeschlagen
                verdachtige anmeldung | ungewohnliche anmeldung | unbefugt*
                zugang wiederherstellen | zugriff wiederherstellen | entsperren | klicken sie hier
                klicken sie auf | geschutztes dokument | sicheres dokument | dokument ansehen
                melden sie sich mit | geben sie ihr passwort | ihre pin | tan eingeben
                steuererstattung | steuerruckerstattung | ruckerstattung | bussgeld | parkverstoss
                versandgebuhr | versandkosten von | zustellgebuhr | konnte nicht zugestellt werden
                nachnahme | sie haben gewonnen | gewinn | rufen sie sofort | falls sie diese
                abo verlangert | abonnement verlangert | zuruckgehaltene nachrichten
                urheberrechtsverletzung | sicherheitsupdate | tan-verfahren
            boite est pleine | boite pleine | mot de passe expire | confirmer votre compte
                confirmez votre compte | confirmez vos | verifier votre | mettre a jour votre
                mettez a jour | actualisez | paiement refuse | paiement a echoue
                connexion suspecte | connexion inhabituelle | non autorise* | restaurer l'acces
                debloquer | cliquez ici | cliquez sur | cliquer sur | document protege
                document securise | voir le document | connectez-vous avec | saisissez votre mot
                code pin | remboursement d'impot | un remboursement de | amende | contravention
                frais de | n'a pas pu etre livre | colis en attente | relivraison
                vous avez gagne | gagnant | appelez immediatement | si vous n'etes pas a l'origine
                renouvele automatiquement | messages en attente | droits d'auteur violes
                compte cpf | vignette
            buzon esta lleno | buzon lleno | contrasena caduca | confirme su cuenta | confirme sus
                verificar su | verifique su | actualice su | actualizar sus datos | pago rechazado
                pago fallido | acceso sospechoso | inicio de sesion sospechoso | no autorizado
                restablecer el acceso | desbloquear | haga clic | haz clic | pulse aqui
                pulsa aqui | documento protegido | documento seguro | ver documento
                inicie sesion con | introduzca su | su pin | devolucion de impuestos
                devolucion de la renta | reembolso de | multa de trafico | sancion de trafico
                gastos de aduana | gastos de entrega | no se ha podido entregar
                no pudo ser entregado | entrega pendiente | ha ganado | premio
                llame de inmediato | si no ha sido usted | si no reconoce | suscripcion renovada
                mensajes retenidos
            casella e piena | casella piena | password scade | password in scadenza
                confermi il suo | conferma il tuo account | confermi i suoi | verifica il tuo
                verifichi il suo | aggiorna i tuoi | aggiorni i suoi | pagamento rifiutato
                pagamento non riuscito | accesso sospetto | accesso insolito | non autorizzat*
                ripristin* | sbloccare | clicca qui | clicchi qui | clicchi su | prema qui
                documento protetto | documento sicuro | visualizza il documento | acceda con
                inserisca la password | il suo pin | codice otp | rimborso fiscale | rimborso di
                sanzione | contravvenzione | spese di consegna | oneri doganali
                non e stato possibile consegnare | mancata consegna del pacco | riconsegna
                ha vinto | premio | chiami immediatamente | chiami subito | se non e stato lei
                abbonamento rinnovato | messaggi trattenuti | spid
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
            my late husband | dying of | widow | orphanage | charity donation | donate my
                fund transfer | transfer of funds | consignment | atm card | compensation fund
                united nations | winning number | you won | lottery winner | loan offer
                guaranteed loan | no collateral | investment opportunity | double your | crypto
                western union | moneygram | money order | certified cheque | certified check
                check in advance | cashier's check | send you a cheque | more than agreed
                excess amount | the balance to my | forward the rest | pay the driver
                pay my agent | shipping agent | i recorded you | i have access to your device
                hacked your | pay in | itunes | google play card* | steam card* | vouchers for
                scratch the | buy cards | purchase cards | wire transfer today | make a transfer
                make a payment for me | process a payment | i will pay you back
                i'll pay you back | reimburse you
            meine verstorbene | mein verstorbener | witwe | krebs erkrankt | waisen | treuhand*
                millionen euro | millionen dollar | kreditangebot | sofortkredit
                investition* chance | gewinnlos | uberzahl* | verrechnungsscheck | den uberschuss
                restbetrag an | an meinen fahrer | an den spediteur | western union
                kryptowahrung | ihr gerat gehackt | habe zugriff auf | amazon-gutschein*
                google-play* | apple-karten | steam-karten | karten kaufen | karten besorgen
                codes schicken | codes fotografieren | eine uberweisung fur mich
                uberweisung tatigen | blitzuberweisung | ich zahle es dir | gebe es dir zuruck
            mon defunt | ma defunte | veuve | orphelinat | millions d'euros | millions de dollars
                offre de pret | pret entre particuliers | opportunite d'investissement
                cheque certifie | un cheque de | encaisser le cheque | le reste a | reverser
                trop percu a | au transporteur | western union | mandat cash | cryptomonnaie
                pirate votre | acces a votre appareil | cartes google | cartes itunes
                cartes amazon | acheter des cartes | envoyer les codes | faire un virement
                effectuer un virement | virement urgent | je te rembourse | je vous rembourserai
                pcs | transcash | neosurf
            mi difunto | viuda | orfanato | millones de euros | millones de dolares
                oferta de prestamo | prestamo entre | oportunidad de inversion
                cheque certificado | un cheque de | ingresar el cheque | la diferencia a
                el sobrante | al transportista | western union | criptomoneda* | hackeado
                acceso a su dispositivo | tarjetas google | tarjetas amazon | tarjetas de regalo
                comprar tarjetas | comprar unas tarjetas | envia los codigos | mandame los codigos
                hacer una transferencia | haz una transferencia | transferencia urgente
                te lo devuelvo | te lo reembols*
            mio defunto | vedova | orfanotrofio | milioni di euro | milioni di dollari
                offerta di prestito | prestito tra privati | opportunita di investimento
                assegno circolare | un assegno di | incassare l'assegno | la rimanenza
                l'eccedenza | al corriere | western union | criptovalut* | hackerato
                accesso al suo dispositivo | buoni amazon | carte amazon | carte google
                carte prepagate | comprare delle carte | ricariche | postepay | mandami i codici
                fare un bonifico | bonifico urgente | ti rimborso | te li ridò
            weduwe | wdow* | przekaz | viuva | anka | enke | kod* z kart | cartoes presente
            barrister | attorney to the late | deceased | deceased client | diplomatic | sheikh
                gold bars | release the fund* | claim the fund* | release fee | processing fee
                transfer fee | activation fee | security fee | notary fee | ten percent
                10% of the total | 30% of the total | my late father | my late client
                foreign account | offshore | business partner to invest | invest in your country
                grant of | selected to receive | selected as the winner | award sum
                compensation payment | telegram | whatsapp me | mystery shopper | paid training
                copy of your passport | copy of your id | scan of your id | your bank details and
                name, address and | send your full name | full name and address | bank name and
                i know your password | filmed you | recorded you | your contacts will
                send me bitcoin | crypto wallet | overpayment | deposit the check
                deposit the cheque | keep your share | deduct your fee | refund the difference
                return the difference | voucher codes | gift vouchers | for the staff
                surprise for the team
            erblasser | ohne erben | nachlassverwalt* | rechtsanwalt des verstorbenen | diplomat
                goldbarren | bearbeitungsgebuhr | freigabegebuhr | notargebuhr | prozent der summe
                auslandskonto | geschaftspartner fur eine investition | ausgewahlt worden
                gewinnbenachrichtigung | gewinnsumme | entschadigungszahlung | telegram
                kopie ihres ausweises | ausweiskopie | personalausweis | ihre bankdaten
                name, adresse und | ich kenne ihr passwort | sie gefilmt | ihre kontakte
                bitcoin an | uberschussigen betrag | differenz zuruck | behalten sie ihr
                behalten sie ihren | zieh dein honorar ab | gutscheine fur | geschenkgutscheine
                uberraschung fur das team | uberraschung fur die
            notaire du defunt | sans heritier | ayant droit | diplomatique | lingots
                frais de dossier | frais de notaire | frais de transfert | frais d'activation
                pour cent de la somme | % de la somme | compte a l'etranger
                partenaire pour investir | vous avez ete selectionne* | gain de | indemnisation de
                telegram | copie de votre piece | piece d'identite | carte d'identite
                vos coordonnees bancaires | nom, adresse et | je connais votre mot de passe
                filme* | vos contacts | bitcoins a | la difference par | renvoyer la difference
                gardez votre | deduire vos honoraires | cheques cadeaux | bons cadeaux
                bon cadeau | surprise pour l'equipe
            abogado del difunto | sin herederos | familiar fallecido | fallecid* | diplomatic*
                lingotes | gastos de gestion | gastos de notaria | tasa de transferencia
                por ciento de la suma | % de la suma | cuenta en el extranjero
                socio para invertir | ha sido seleccionad* | indemnizacion de | telegram
                copia de su dni | copia del dni | copia de su pasaporte | sus datos bancarios
                nombre, direccion y | conozco su contrasena | se tu contrasena | te he grabado
                sus contactos | bitcoins a | devolver la diferencia | quedese con
                descuenta tus honorarios | cheques regalo | vales regalo | bonos regalo
                sorpresa para el equipo
            avvocato del defunto | senza eredi | parente deceduto | decedut* | diplomatic*
                lingotti | spese di pratica | spese notarili | tassa di trasferimento
                per cento della somma | % della somma | conto all'estero | socio per investire
                e stato selezionato | e stata selezionata | indennizzo | telegram
                copia del documento | carta d'identita | i suoi dati bancari
                le sue coordinate bancarie | nome, indirizzo e | conosco la tua password
                ti ho registrat* | ti ho filmat* | i tuoi contatti | bitcoin a
                restituire la differenza | trattenga il suo | trattieni il tuo | buoni regalo
                carte prepagate | sorpresa per il team | sorpresa per i
            spadkobierc* | erfgenaam | arvtagare | herdeiro* | telegram
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
            account has changed | accounts have changed | switched banks | switched our bank
                moved to another bank | moved our account | new payment details
                updated payment details | updated account | change our bank | change in our bank
                change to our bank | following bank account | pay into this | pay to this account
                pay it into | no longer use | no longer valid | do not use the old | old iban
                account below | temporary account | under audit | another account
                our other account | my other account | my account is blocked | account is frozen
                account is blocked
            bank gewechselt | die bank gewechselt | konto gewechselt | konto hat sich geandert
                kontoverbindung hat | kontodaten haben | bankdaten haben | neue kontodaten
                neue bankdaten | neue kontoverbindung | geanderte kontoverbindung
                geanderte kontodaten | aktualisierte bank* | auf folgendes konto
                auf das folgende konto | auf das neue konto | auf unser neues | auf mein neues
                das alte konto | altes konto | konto wird geschlossen | konto wurde geschlossen
                konto ist gesperrt | konto gesperrt | anderes konto | ein anderes
                ab sofort nur noch | kunftig auf | bitte nicht mehr auf
            nouvelle banque | change nos coordonnees | coordonnees bancaires
                nouveaux details bancaires | compte a change | nos comptes ont
                notre rib a change | rib a change | utiliser le rib | utilisez le nouveau
                sur le compte suivant | sur le rib | le compte suivant | sur le nouveau
                un autre compte | l'ancien compte | ancienne banque | compte bloque
                compte cloture | compte est ferme | ne plus utiliser | desormais sur
                en remplacement de
            nuevo banco | cambiado de cuenta | cambiado la cuenta | cuenta ha cambiado
                nuestra cuenta ha | nuevos datos bancarios | datos de pago han
                nueva cuenta bancaria | a la siguiente cuenta | en la siguiente cuenta
                a la nueva | a esta otra | otra cuenta | la cuenta antigua | la cuenta anterior
                cuenta bloqueada | cuenta cerrada | ya no esta operativa | ya no usamos
                no utilice | a partir de ahora en | cambio de iban | iban nuevo
                actualizacion de datos bancarios
            nuova banca | cambiato conto | cambiato il conto | conto e cambiato | iban e cambiato
                nuovi dati bancari | nuove coordinate bancarie | aggiornamento coordinate
                aggiornamento iban | sul seguente conto | al seguente iban | sul nuovo
                a questo iban | su quest'altro | un altro conto | conto diverso | il vecchio conto
                il conto precedente | conto bloccato | conto chiuso | non usare piu | d'ora in poi
                modifica iban | modifica coordinate | variazione bancaria | variazione del conto
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
