"""What those say who look for somebody to do work, and programs that pass work on. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
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
}  # fmt: skip
