"""What mails say about a meeting to come, or one that was. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
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
}  # fmt: skip
