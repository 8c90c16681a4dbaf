"""What friends, family, students and authorities say. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
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
}  # fmt: skip
