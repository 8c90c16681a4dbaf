"""Names of skills as ads write them, so that what is asked for and not yours can be named too.

One skill a line, its other names after the bar. Names that are also everyday words are in
`EVERYDAY` and count only as written, beside a list mark or a word such as *developer*.
"""

from __future__ import annotations

_NAMES = """
Python|py
Django
Flask
FastAPI
JavaScript|js|java script|ecmascript
TypeScript|ts
React|react.js|reactjs
React Native
Next.js|nextjs
Vue|vue.js|vuejs
Nuxt|nuxt.js
Angular|angularjs|angular.js
Svelte|sveltekit
Node.js|nodejs|node
Express|express.js|expressjs
NestJS|nest.js
jQuery
HTML|html5
CSS|css3
Sass|scss
Tailwind|tailwind css|tailwindcss
Bootstrap
PHP
Laravel
Symfony
WordPress|word press|wp
WooCommerce
Drupal
Joomla
Shopify
Magento
Webflow
Framer
Wix
Squarespace
Ruby
Ruby on Rails|rails|ror
Java
Spring|spring boot|springboot
Kotlin
Scala
Clojure
Elixir
Erlang
Haskell
Go|golang
Rust
C
C++|cpp
C#|csharp|c sharp
.NET|dotnet|dot net|asp.net|.net core
Swift
SwiftUI
Objective-C|objective c
iOS
Android
Flutter
Dart
Unity|unity3d
Unreal Engine|unreal
R
MATLAB
Julia
Perl
Lua
Solidity
Bash|shell scripting
PowerShell
SQL
PostgreSQL|postgres|psql
MySQL
MariaDB
SQLite
SQL Server|mssql|ms sql
Oracle
MongoDB|mongo
Redis
Elasticsearch|elastic search
Kafka|apache kafka
RabbitMQ
GraphQL
REST|rest api|restful|rest apis
gRPC
Firebase
Supabase
AWS|amazon web services
Azure|microsoft azure
Google Cloud|gcp|google cloud platform
Docker
Kubernetes|k8s
Terraform
Ansible
Jenkins
GitHub Actions
GitLab
CI/CD|ci cd
Git
Linux
DevOps|dev ops
Nginx
Spark|apache spark|pyspark
Airflow|apache airflow
dbt
Snowflake
BigQuery|big query
Databricks
Hadoop
Pandas
NumPy
scikit-learn|sklearn
PyTorch
TensorFlow
Machine learning|ml
Deep learning
Computer vision
NLP|natural language processing
LLM|llms|large language models
LangChain
Data analysis|data analytics
Data engineering
Data visualization|data visualisation
Web scraping|scraping
Selenium
Playwright
Cypress
Power BI|powerbi|microsoft power bi
Tableau
Looker
Excel|microsoft excel|ms excel
Google Sheets
VBA
Salesforce
HubSpot
SAP
Odoo
Zapier
Airtable
n8n
Notion
Figma
Sketch
Adobe XD
Photoshop|adobe photoshop
Illustrator|adobe illustrator
InDesign|adobe indesign
After Effects|adobe after effects
Premiere Pro|adobe premiere|premiere
Final Cut Pro
DaVinci Resolve
Lightroom
Canva
Blender
Cinema 4D
3ds Max
Maya
AutoCAD
Revit
SketchUp
SolidWorks
Spline
Rive
Lottie
UI design|user interface design|ui/ux|ux/ui|ui ux
UX design|user experience design|ux
UX research|user research
UX writing
Design systems|design system
Wireframing|wireframes
Prototyping
Branding|brand identity|brand design
Logo design
Icon design|iconography
Typography
Illustration
Graphic design
Web design
Motion design|motion graphics
Packaging design
Print design
Presentation design
Art direction
3D modeling|3d modelling
Video editing
Animation
Photography
Copywriting
Copyediting|copy editing
Proofreading
Technical writing
Content writing
Content strategy
Blogging
Ghostwriting
Grant writing
Translation
Localization|localisation
Subtitling
Transcription
Interpreting
SEO|search engine optimization|search engine optimisation
SEM
Google Ads|adwords
Facebook Ads|meta ads
Google Analytics|ga4
Email marketing
Social media|social media marketing
Content marketing
Marketing automation
Mailchimp
Klaviyo
Market research
Lead generation
Sales
Customer support|customer service
Project management
Product management
Scrum
Agile
Jira
Business analysis
Bookkeeping
Accounting
QuickBooks
Xero
Financial modeling|financial modelling
Data entry
Virtual assistance|virtual assistant
Recruiting|recruitment
QA|quality assurance
Test automation|automated testing
Penetration testing|pentesting
Cybersecurity|cyber security
Blockchain
Smart contracts
Web3
Embedded|embedded systems
Arduino
Raspberry Pi
PCB design
ROS
Accessibility|wcag|a11y
Electron
Qt|pyside|pyqt
Stripe
Twilio
API integration|api integrations
System architecture|software architecture
Audio editing
Voice over|voiceover
Podcast editing|podcast production
Sound design
Music production
"""

CATALOGUE: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split("|")) for line in _NAMES.strip().split("\n")
)
EVERYDAY = frozenset(
    "go rust c r swift express sketch spark unity spring excel oracle maya rest flask ruby dart "
    "bootstrap framer notion linear sales ros node rails py agile julia premiere unreal embedded "
    "stripe rive spline electron blender animation photography accessibility interpreting "
    "accounting sem".split()
)
