"""What mails to many say, and those who sell to people they do not know. How it is written: see the package."""

from __future__ import annotations

WORDS: dict[str, dict[float, str]] = {
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
}  # fmt: skip
