"""What frauds say. Alone it only supports; what they ask for weighs more. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
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
