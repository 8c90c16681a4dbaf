"""What programs say of something that happened. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
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
}  # fmt: skip
