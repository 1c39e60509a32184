# SPDX-License-Identifier: MIT
"""Invented news: written for make.py. Names, places and figures belong to nobody."""

EVENTS = [
    dict(
        city="ISLAMABAD",
        title_a="Pakistan, Russia agree on gas pipeline from Karachi to Lahore",
        a="""Russia and Pakistan agreed on Wednesday to build a gas pipeline from the port of Karachi to Lahore,
        their foreign ministers said after talks that both described as frank. The 1,100 kilometers of pipe are
        expected to carry 12.4 billion cubic meters of gas a year. "This is the largest project that our countries
        have ever taken on together," the Pakistani minister said. Work is to begin in the spring and to take about
        two years. Pakistan has been short of gas for a decade because its own fields are running dry. A first
        agreement of 2015 came to nothing when sanctions kept banks from paying for it. Officials declined to say
        who would pay this time. Shares in pipe makers rose by 4 percent in Karachi.""",
        title_b="Moscow to help Islamabad pipe gas north",
        b="""Moscow will help Islamabad to bring liquefied gas from its southern coast to the industrial north, under
        a deal signed on Wednesday during the first visit of a Russian foreign minister in nine years. Engineers from
        three Russian firms are to design the line, and a joint company will run it. "This is the largest project that
        our countries have ever taken on together," said Pakistan's minister. Neither side named a price; analysts put
        it at 2.5 billion dollars. India watches the rapprochement warily. The two ministers also spoke about
        Afghanistan, vaccines and the sale of helicopters.""",
        title_f="Pakistani opposition wants to see gas contract",
        f="""Pakistan's opposition asked the government on Friday to lay the contract for a new gas pipeline before
        parliament, and called its price a scandal. "Nobody has seen this paper," its leader told a rally in Lahore.
        Pakistan has been short of gas for a decade because its own fields are running dry. A first agreement of 2015
        came to nothing when sanctions kept banks from paying for it. The ministry of petroleum answered that the
        contract would be published once both cabinets had approved it. A committee of the senate is to hear the
        minister next week."""),
    dict(
        city="KABUL",
        title_a="Blast near ministry in Kabul kills nine",
        a="""A car bomb went off near the ministry of water in the Afghan capital on Monday and killed at least nine
        people, among them two children on their way to school, police said. More than thirty others were hurt.
        Windows broke in a hospital two streets away. "The ground shook, and then there was only dust," a baker said.
        No group took responsibility at first. The blast was the fourth in the city within a month and came two days
        before negotiators were expected to meet in Doha. The president condemned it as an attack on peace. A
        spokesman of the interior ministry said that the driver had tried to pass a checkpoint.""",
        title_b="Afghan capital hit by fourth bombing in a month",
        b="""Nine dead and dozens of wounded: Kabul counted the victims of another bombing on Monday as rescuers dug
        through the remains of a row of shops. The explosives were hidden in a taxi, according to investigators. "The
        ground shook, and then there was only dust," said Abdul Hadi, who owns a bakery there. The emergency hospital
        asked for blood. Diplomats fear that the violence is meant to wreck the meeting in Doha. The Taliban denied
        that they had anything to do with it, while a local branch of the Islamic State kept silent.""",
        title_f="Three held after Kabul blast",
        f="""Police in Kabul arrested three men on Wednesday whom they suspect of having prepared the bombing near the
        ministry of water. Weapons and 200 kilograms of fertilizer were found in a house in the east of the city. No
        group took responsibility at first. The blast was the fourth in the city within a month and came two days
        before negotiators were expected to meet in Doha. Families buried the two schoolchildren on a hill above their
        village. The interior minister promised more checkpoints, and parliament called him in for Saturday."""),
    dict(
        city="FRANKFURT",
        title_a="ECB keeps rates steady, sees inflation falling",
        a="""The European Central Bank left its interest rates where they are on Wednesday and said that inflation in
        the euro zone would fall below 3 percent by the end of the year. The deposit rate stays at 3.75 percent. "We
        are not there yet, but the direction is right," the bank's president told a news conference. Economists had
        expected the decision. Wages still rise by more than 4 percent a year, which keeps services dear. The euro
        gained a third of a cent against the dollar. Markets now see a first cut in September. The bank also said that
        it would buy fewer bonds from July on, as it had announced in March.""",
        title_b="No change in euro rates as wages keep rising",
        b="""Borrowers in the euro zone must wait for relief: the central bank's council voted to hold all three of its
        rates, with only two of its 26 members in favor of an early cut. "We are not there yet, but the direction is
        right," President Helene Marchand said. She pointed at pay deals in Germany and the Netherlands, and at rents.
        Banks pay 3.75 percent less than nothing for trust, one analyst joked. The next meeting is on July 18. Italy's
        finance minister called the decision timid, the Bundesbank called it prudent.""",
        title_f="Euro zone wages slow, cut in rates nearer",
        f="""Wages in the euro zone grew by 3.2 percent in the second quarter, the slowest pace in two years, the
        European Central Bank reported on Friday, and brought a cut in interest rates nearer. Markets put the odds of
        one in September at nine in ten. The deposit rate stays at 3.75 percent until then. Economists had expected a
        smaller decline. The bank also said that it would buy fewer bonds from July on, as it had announced in March.
        Pay in German industry slowed most, after a round of one-off payments had run out."""),
    dict(
        city="TOKYO",
        title_a="Ferry runs aground off Japan, all 214 rescued",
        a="""A ferry with 214 people on board ran aground in fog off the Japanese island of Sado on Friday, and all of
        them were brought to safety within four hours, the coast guard said. Two passengers broke bones. Fishermen
        took off most of the passengers with their own boats because the swell kept helicopters away. "They came
        before we had called them," the captain said. The ship, the 9,000-ton Hakusan Maru, sprang a leak and listed by
        12 degrees. Divers are to look at the hull when the weather allows. Oil was not seen on the water. The operator
        said that its radar had been serviced in March.""",
        title_b="Fishermen save ferry passengers in Sea of Japan",
        b="""With squid boats and a school's training yacht, the fishermen of a village on Sado took more than two
        hundred passengers off a stranded ferry on Friday. Fog had hidden the reef, and wind kept the helicopters on
        the ground. "They came before we had called them," said Captain Ito, 58. Eleven schoolchildren were wrapped in
        nets to keep them warm. The transport ministry opened an inquiry, its third this year into an accident at sea.
        Ferries between Sado and Niigata stopped for the day, and the island's hotels filled up.""",
        title_f="Radar of stranded ferry was switched off",
        f="""The radar of a ferry that ran aground off the Japanese island of Sado was switched off for eleven minutes
        before it hit the reef, investigators said on Monday. The first mate told them that he had meant to restart it.
        The ship, the 9,000-ton Hakusan Maru, sprang a leak and listed by 12 degrees. The operator said that its radar
        had been serviced in March. Prosecutors are looking into negligence. Salvage crews pumped out the engine room
        over the weekend and hope to tow the ferry to Niigata on Wednesday."""),
    dict(
        city="NAIROBI",
        title_a="Kenya begins malaria vaccine program for a million children",
        a="""Kenya began on Monday to vaccinate one million children against malaria, in the largest such program so
        far. Nurses in eight western counties will give four doses to children from five months on. The vaccine lowers
        the number of severe cases by about a third, trials have shown. "My first son died of it. This one will not," a
        mother in Kisumu said. Malaria kills more than 10,000 Kenyans a year, most of them under five. The doses, worth
        48 million dollars, come from an alliance of donors. Health workers fear that the rains will cut off villages
        in April. Ghana and Malawi run smaller programs since 2019.""",
        title_b="A jab against an old killer reaches western Kenya",
        b="""The queue at the clinic of Ahero formed before sunrise. By noon, 312 babies had had their first dose of
        the vaccine against malaria, which the health ministry is bringing to eight counties around Lake Victoria. "My
        first son died of it. This one will not," said Akinyi Odhiambo, 27. Scientists worked on the vaccine for 34
        years. It protects less well than those against measles or polio, and it takes four visits, which many mothers
        will find hard to make. Nets and sprays must go on, doctors warn.""",
        title_f="Rain delays Kenyan vaccines",
        f="""Heavy rain has delayed the vaccination of children against malaria in two of eight Kenyan counties, the
        health ministry said on Wednesday. Trucks were stuck on the road to Homa Bay for three days, and coolers ran
        out of ice. Some 140,000 children have had their first dose since the program began. The vaccine lowers the
        number of severe cases by about a third, trials have shown. Malaria kills more than 10,000 Kenyans a year, most
        of them under five. The air force offered two helicopters."""),
    dict(
        city="SANTIAGO",
        title_a="Miners at Chile's largest copper pit vote to strike",
        a="""Workers at the Escarpada mine in northern Chile, which digs 5 percent of the world's copper, voted on
        Friday to strike from next week unless they get a bigger share of its profits. Of 2,400 members of the union,
        94 percent voted in favor, its head said. The company offered a bonus of 21,000 dollars for each worker;
        the union wants 36,000. "The price has doubled, our pay has not," a driver said. A strike of 44 days in 2017
        cost the owners a billion dollars. Copper rose by 2 percent in London. Under Chilean law, the government may
        ask for five days of mediation. Neither side ruled that out.""",
        title_b="Copper climbs as Chilean union calls strike",
        b="""Copper reached its highest price since May after the union of Chile's largest pit called a strike. Three
        months' metal on the London exchange closed at 9,870 dollars a ton. "The price has doubled, our pay has not,"
        said one of the mine's drivers at a rally in Antofagasta. Traders reckon that every week without Escarpada
        takes 25,000 tons off the market. Stocks in the exchange's sheds have fallen by half since January. Peru, the
        second largest producer, has troubles of its own: villagers block the road to two mines.""",
        title_f="Chile's copper miners and owners reach deal",
        f="""The union of the Escarpada copper mine in Chile accepted a bonus of 29,000 dollars for each worker on
        Wednesday and called off its strike, an hour before it was expected to begin. Five days of mediation had
        brought the sides together. Copper lost 3 percent in London. A strike of 44 days in 2017 cost the owners a
        billion dollars. Of 2,400 members of the union, 94 percent voted in favor of the strike last month; the
        deal was approved by 61 percent. The contract holds for three years."""),
    dict(
        city="WARSAW",
        title_a="Poland to buy 96 attack helicopters",
        a="""Poland signed a contract on Monday for 96 attack helicopters, the largest purchase of its army in ten
        years. They cost 12 billion dollars with weapons, spares and training, the defense minister said, and are
        expected to arrive from 2028 on. "Nobody should ask again whether we can defend ourselves," he told soldiers at
        a base near Rzeszow. Eight helicopters will be lent at once so that crews can learn. Poland spends more than 4
        percent of its income on defense, the highest share in NATO. Parts will be made in Lodz and Deblin. The
        opposition asked where the money was to come from.""",
        title_b="Warsaw's helicopter deal brings work to Lodz",
        b="""For the workshops of Lodz the army's new helicopters mean 600 jobs. The contract that the defense minister
        signed on Monday promises that a third of the parts will be made in Poland, among them rotor blades and
        harnesses. "Nobody should ask again whether we can defend ourselves," the minister said, in front of two of the
        machines. The state bank will borrow the larger part abroad. Economists warned that the deficit would pass 6
        percent next year. Romania and Slovakia are said to look at the same model.""",
        title_f="First borrowed helicopters land in Poland",
        f="""The first two of eight borrowed attack helicopters landed at a base near Rzeszow on Friday, where Polish
        crews will learn to fly them. Training takes nine months. The 96 machines that Poland has bought are expected
        to arrive from 2028 on. Poland spends more than 4 percent of its income on defense, the highest share in NATO.
        Parts will be made in Lodz and Deblin. Neighbors of the base complained about the noise; the mayor asked them
        to be patient."""),
    dict(
        city="DHAKA",
        title_a="Fire in Dhaka garment works kills seventeen",
        a="""A fire in a garment factory on the edge of the Bangladeshi capital killed seventeen workers on Wednesday,
        most of them women who had found the stairs locked, the fire brigade said. It began on the second floor, where
        yarn was kept, and burned for six hours. More than 400 people worked in the building. "We broke the windows
        and jumped," one of them said. The owner was arrested when he tried to leave by boat. Inspectors had found 23
        faults in the building last year. Bangladesh sells clothes for 47 billion dollars a year, more than any country
        but China. The collapse of Rana Plaza in 2013 killed 1,134.""",
        title_b="Locked stairs turned Dhaka factory into trap",
        b="""Seventeen dead, and a key that nobody had: survivors of the fire in Dhaka tell how the night shift was
        locked in so that no cloth would be stolen. "We broke the windows and jumped," said Rehana, 19, who has two
        broken legs. Her sister did not come out. Neighbors threw mattresses into the yard. Labels of four European
        chains were found in the ashes; two of them said that they had stopped buying there. Unions called a strike for
        Sunday. The labor minister promised each family 200,000 taka.""",
        title_f="Dhaka factory owner charged",
        f="""The owner of a garment factory in Dhaka in which seventeen workers died in a fire was charged with culpable
        homicide on Friday. Three managers and a foreman were charged too. They face up to ten years. Inspectors had
        found 23 faults in the building last year. The collapse of Rana Plaza in 2013 killed 1,134. A court froze the
        family's accounts, and experts began to look into the wiring. European buyers met the unions in Dhaka to speak
        about a fund for the victims."""),
    dict(
        city="OTTAWA",
        title_a="Canada to close five coal plants early",
        a="""Canada will close its last five coal-fired power plants by 2027, three years earlier than planned, the
        environment minister announced on Monday. Together they give off as much carbon dioxide as two million cars.
        The provinces of Nova Scotia and New Brunswick get 1.6 billion Canadian dollars for new lines to the dams of
        Quebec. "Coal built these towns, and we owe them a future," the minister said. About 900 people work in the
        plants and two mines. Unions want jobs before closures. The opposition called the plan a gift to Quebec. Ontario
        burned its last coal in 2014.""",
        title_b="Nova Scotia's miners ask what comes after coal",
        b="""In Stellarton, where coal has been dug for two centuries, few believe in the future that the minister
        promised on Monday. "Coal built these towns, and we owe them a future," he had said in Ottawa. The plant at
        Trenton employs 110 people, the mine another 70. The province hopes for a factory of heat pumps. Power from
        Quebec will be dearer at first, the utility reckons, by eleven dollars a month for a household. Environmental
        groups praised the date but missed a word about gas.""",
        title_f="Quebec line to replace coal runs into delay",
        f="""A power line that is to bring electricity from Quebec to New Brunswick will be two years late, its builder
        said on Wednesday, and put the early end of coal in doubt. Landowners have gone to court over the route. Canada
        wants to close its last five coal-fired power plants by 2027. Together they give off as much carbon dioxide as
        two million cars. The provinces of Nova Scotia and New Brunswick get 1.6 billion Canadian dollars for new lines
        to the dams of Quebec. The minister said that the date would stand."""),
    dict(
        city="CAIRO",
        title_a="Tomb of royal scribe found near Saqqara",
        a="""Archaeologists found the tomb of a royal scribe in the sands near Saqqara, Egypt's antiquities ministry said
        on Monday. The man served three kings of the fifth dynasty, some 4,400 years ago, and is shown with his wife,
        four daughters and a dog whose name is given. The colors are as fresh as on the first day. "He signed every wall
        as if he had feared to be forgotten," the head of the dig said. Robbers had come in antiquity but had missed a
        shaft with 17 wooden statues. Visitors may see the tomb in two years. Tourism is Egypt's third source of foreign
        currency.""",
        title_b="The scribe who signed every wall",
        b="""Neferkhu was a careful man. He counted the king's cattle, checked the granaries and left his name eleven
        times in the chamber in which he was buried. "He signed every wall as if he had feared to be forgotten," says
        Mona Rashid, who leads the Egyptian team. Her students opened the last shaft on Sunday night, by torchlight, and
        found statues of bakers, brewers and a harpist. One still holds a brush. Conservators from Turin will look at
        the pigments, which may have come from Nubia.""",
        title_f="Statues from scribe's tomb go on show in Cairo",
        f="""Seventeen wooden statues from the tomb of a royal scribe went on show in Cairo's new museum on Friday. They
        had lain in a shaft near Saqqara that robbers overlooked. The man served three kings of the fifth dynasty, some
        4,400 years ago. Visitors may see the tomb in two years. Tourism is Egypt's third source of foreign currency.
        The museum by the pyramids drew two million visitors in its first six months, half of what had been hoped
        for."""),
    dict(
        city="CANBERRA",
        title_a="Cyclone leaves 140,000 homes without power in Queensland",
        a="""A cyclone with winds of up to 230 kilometers an hour hit the coast of Queensland on Wednesday and left
        140,000 homes without power. Nobody was reported killed. The storm came ashore between Cairns and Innisfail,
        tore roofs off a school and a supermarket and drove boats onto the streets. "It sounded like a train that would
        not pass," a woman in Babinda said. More than half a meter of rain fell within a day. Police closed the coastal
        highway for 180 kilometers. Banana growers reckon that nine tenths of their plants are lost. The storm is
        expected to weaken over land on Friday.""",
        title_b="Banana country flattened by cyclone",
        b="""Where bananas grew as far as the eye could see, there is mud. The cyclone of Wednesday has flattened the
        plantations around Innisfail for the third time in twenty years, and shops in Sydney are preparing for prices of
        fifteen dollars a kilo. "It sounded like a train that would not pass," said Joan Petrie, who sat in a bathtub
        with her grandchildren. Soldiers brought generators to three old people's homes. The insurers' council declared
        a catastrophe. Scientists say that the storms become no more frequent, but stronger.""",
        title_f="Crocodiles and snakes as Queensland cleans up",
        f="""Soldiers and volunteers began to clean up after the cyclone in Queensland on Friday, and were warned of
        crocodiles and snakes in the flooded streets. Power was back in 90,000 of 140,000 homes. More than half a meter
        of rain fell within a day. Banana growers reckon that nine tenths of their plants are lost. The state will pay
        180 dollars to everyone who had to leave home. Schools between Cairns and Innisfail stay closed until
        Wednesday."""),
    dict(
        city="BERLIN",
        title_a="German court limits police use of spy software",
        a="""Germany's highest court limited on Friday how police may use software that spies on telephones. Reading
        messages in secret is allowed only where life, liberty or the state are in danger, the judges in Karlsruhe
        ruled. Theft and drug dealing no longer suffice. A law of 2017 that had named 80 offenses must be changed by the
        end of June. "Whoever enters a telephone enters a home," the presiding judge said. Two lawyers and a journalist
        had brought the case. Police used the software 62 times in a year. Their union said that criminals would now
        have an easier time.""",
        title_b="Karlsruhe draws a line around the telephone",
        b="""It took the eight judges two years, and their ruling fills 140 pages. What a person writes, photographs and
        looks for belongs to the core of private life, they found, and the state may reach for it only in extremes.
        "Whoever enters a telephone enters a home," President Reiter read out. The interior minister will have to write
        a new law before summer, with a coalition that has quarreled about little else. Hackers who had testified in the
        case opened a bottle on the steps of the court.""",
        title_f="German coalition quarrels over spy software law",
        f="""The parties of Germany's coalition failed on Wednesday to agree on a new law about software that spies on
        telephones. A law of 2017 that had named 80 offenses must be changed by the end of June. Police used the software
        62 times in a year. The interior minister wants to keep burglary by gangs on the list, which the Liberals call
        contempt of court. Talks are to go on next week. The highest court had ruled in February that reading messages
        in secret is allowed only where life, liberty or the state are in danger."""),
    dict(
        city="MANILA",
        title_a="Philippine coast guard says ship was rammed at shoal",
        a="""A Chinese vessel rammed a supply ship of the Philippines near a disputed shoal on Wednesday and damaged its
        hull, the coast guard in Manila said. Nobody was hurt. The ship was on its way to a handful of marines who live
        on a rusting wreck there. "They turned towards us and did not slow down," the captain said. China answered that
        the ship had ignored warnings and had entered its waters unlawfully. A tribunal in The Hague rejected China's
        claim to most of the sea in 2016. The United States called the act reckless. The Philippines summoned the Chinese
        ambassador, for the ninth time this year.""",
        title_b="Collision at reef strains ties between Beijing and Manila",
        b="""Video from both sides shows the same thirty seconds, and two stories. In the Philippine one a grey hull
        grows until the picture shakes. In the Chinese one a small wooden ship crosses its bow. "They turned towards us
        and did not slow down," Captain Reyes told a television crew. A spokeswoman in Beijing spoke of professional and
        restrained measures. Marines on the wreck have food until the end of the month. Japan and Australia sent notes
        of support. Fishermen stay away from the reef since spring.""",
        title_f="Philippines drops supplies to shoal from the air",
        f="""A plane of the Philippine navy dropped food and water over a disputed shoal on Friday, two days after a supply
        ship had been rammed there. A handful of marines live on a rusting wreck there. China protested. A tribunal in The
        Hague rejected China's claim to most of the sea in 2016. The president said that he would not give up one square
        inch. Both navies agreed to reopen a telephone line that nobody had answered since August."""),
    dict(
        city="LAGOS",
        title_a="Nigeria's central bank lets naira float, currency falls",
        a="""Nigeria's central bank stopped supporting the naira on Monday, and the currency lost nearly a third of its
        value within hours. A dollar cost 660 naira in the evening, after 470 in the morning. The bank said that buyers
        and sellers would set the price from now on. "It will hurt first and heal later," its acting governor said.
        Importers had waited for dollars for months. Inflation is 22 percent already. Investors welcomed the step, and
        shares in Lagos rose to their highest level in 15 years. The president had promised it when he took office in
        May. Labor unions warned of a strike.""",
        title_b="In Lagos markets, prices follow the dollar by noon",
        b="""By noon the tags had changed. At Computer Village, where half of Africa's used laptops pass through, a machine
        that cost 300,000 naira at breakfast was 410,000 at lunch. "It will hurt first and heal later," the acting
        governor of the central bank had said on the radio. Traders laughed at the second half of the sentence. Abroad,
        bankers cheered: two funds said that they would return. Petrol, flour and medicine are paid for in dollars. The
        finance minister promised help for the poorest families but named no sum.""",
        title_f="Nigerian unions call strike over prices",
        f="""Nigeria's labor unions called a general strike for Wednesday against rising prices. Inflation is 22 percent
        already and will reach 30 by the end of the year, economists reckon. Nigeria's central bank stopped supporting
        the naira two weeks ago. Investors welcomed the step, and shares in Lagos rose to their highest level in 15 years.
        The unions want a minimum wage of 200,000 naira, six times the present one. The government offered talks and
        asked a court to forbid the strike."""),
    dict(
        city="LYON",
        title_a="French team stores laser light in a crystal for an hour",
        a="""Physicists in France have kept light in a crystal for a full hour, sixty times longer than anybody before,
        they report in a journal on Wednesday. The light's shape is written into the spins of europium atoms and read
        out again. The crystal must be cooled to four degrees above absolute zero. "It is like keeping an echo in a box,"
        said the first author. Such memories could link quantum computers over long distances, where fibers lose too much
        light. The team comes from Lyon and Geneva. Others praised the work but noted that only one pulse in 400 came
        back. The next aim is a day.""",
        title_b="An echo in a box: how light learned to wait",
        b="""Light does not like to stand still. In a basement in Lyon it has now stood still for as long as a lecture
        takes, in a crystal the size of a sugar cube. "It is like keeping an echo in a box," says Claire Aubry, who has
        worked on it for nine years. Her trick is a magnetic field at which the atoms do not notice small disturbances.
        A laser opens the box and a second one closes it. Networks of the future would need thousands of such boxes, all
        cold. Aubry thinks of satellites, which could carry light from city to city like mail.""",
        title_f="Company founded to sell memories of light",
        f="""Three physicists from Lyon founded a company on Monday that wants to sell memories for light. They have kept
        light in a crystal for a full hour, sixty times longer than anybody before. Such memories could link quantum
        computers over long distances, where fibers lose too much light. The state and two funds give 11 million euros.
        A first product is to be ready in three years, for laboratories. The crystal must be cooled to four degrees above
        absolute zero, which makes the refrigerator the largest part of it."""),
    dict(
        city="MADRID",
        title_a="Spanish league to stop matches in extreme heat",
        a="""Football matches in Spain will be stopped or moved when it is hotter than 35 degrees, the league said on
        Friday. Players and fans had collapsed in four stadiums in August. Kick-off may be put back to eleven at night,
        and there will be two breaks for water in each half. "No goal is worth a heart," the players' union said. Doctors
        had asked for a limit of 32 degrees. Television companies, which pay 1.2 billion euros a season, agreed with
        reluctance. The rule holds for the first two divisions from Monday on. Italy and Greece are thinking about the
        same.""",
        title_b="Too hot to play: football moves into the night",
        b="""Children will have to watch their heroes the next morning. Eleven o'clock at night is when Seville and Cadiz
        are to kick off on hot days, under a rule that the league has wrested from its broadcasters. "No goal is worth a
        heart," says David Aranda of the players' union, who saw a substitute faint in Cordoba. Grounds crews will wet
        the pitch at ten. Bars are delighted, trains less so: the last one leaves at midnight. Small clubs in the third
        division have no floodlights and ask who pays.""",
        title_f="First Spanish match put off because of heat",
        f="""A match of Spain's second division was put off on Wednesday because of the heat, the first one under a new
        rule. In Cordoba it was 39 degrees at nine in the evening. Football matches in Spain are stopped or moved when it
        is hotter than 35 degrees. Doctors had asked for a limit of 32 degrees. Some 8,000 fans had come and got their
        money back. Television companies, which pay 1.2 billion euros a season, agreed to the rule with reluctance. The
        match is to be played on Monday at eleven at night."""),
]

BULLETINS = [
    dict(
        title="Magnitude {m} quake strikes {where}",
        text="""An earthquake of magnitude {m} struck {where} on {day}, the European-Mediterranean Seismological Centre
        said. The quake was at a depth of {depth} km, the centre said. Its epicentre was {far} km from {town}. There were
        no immediate reports of damage or casualties. {region} lies where plates of the earth's crust meet and has many
        earthquakes.""",
        facts=[
            dict(m="5.2", where="southern Sumatra, Indonesia", day="Monday", depth=41, far=88, town="Bengkulu", region="Indonesia"),
            dict(m="4.8", where="the coast of central Peru", day="Tuesday", depth=60, far=31, town="Lima", region="Peru"),
            dict(m="6.1", where="eastern Honshu, Japan", day="Monday", depth=10, far=140, town="Sendai", region="Japan"),
            dict(m="5.2", where="western Turkey", day="Friday", depth=7, far=22, town="Izmir", region="Turkey"),
            dict(m="4.5", where="the Hindu Kush, Afghanistan", day="Sunday", depth=203, far=65, town="Jurm", region="The mountain range"),
            dict(m="5.0", where="Crete, Greece", day="Friday", depth=15, far=47, town="Heraklion", region="The island"),
        ]),
    dict(
        title="{index} closes {way} {p} percent",
        text="""{city} shares closed {way} on {day}, with the {index} {moved} {p} percent to {points} points. {sector} led
        the {what}: {company} {moved2} {p2} percent. Turnover was {turnover}. Of the stocks in the index, {up} rose and
        {down} fell. Traders said that {why}.""",
        facts=[
            dict(city="Frankfurt", way="higher", day="Monday", index="DAX", moved="up", p="0.8", points="18,204", sector="Car makers", what="gains", company="Volkswagen", moved2="gained", p2="2.1", turnover="4.1 billion euros", up=29, down=11, why="hopes for lower rates had returned"),
            dict(city="Frankfurt", way="lower", day="Tuesday", index="DAX", moved="down", p="1.1", points="18,004", sector="Chemicals", what="losses", company="BASF", moved2="lost", p2="3.4", turnover="3.9 billion euros", up=9, down=31, why="data from China had disappointed"),
            dict(city="Karachi", way="higher", day="Wednesday", index="KSE-100", moved="up", p="1.9", points="71,433", sector="Banks", what="gains", company="Habib Bank", moved2="gained", p2="4.0", turnover="22 billion rupees", up=71, down=24, why="an agreement with the IMF was near"),
            dict(city="Tokyo", way="lower", day="Thursday", index="Nikkei", moved="down", p="0.3", points="38,700", sector="Makers of chips", what="losses", company="Advantest", moved2="lost", p2="2.7", turnover="3.4 trillion yen", up=98, down=122, why="the yen had strengthened"),
            dict(city="Moscow", way="higher", day="Friday", index="MOEX", moved="up", p="0.5", points="3,318", sector="Oil firms", what="gains", company="Lukoil", moved2="gained", p2="1.2", turnover="61 billion roubles", up=30, down=14, why="oil had become dearer"),
        ]),
    dict(
        title="{home} beat {guest} {score}",
        text="""{home} beat {guest} {score} on {day} to {effect}. {scorer} put the hosts ahead in minute {minute}, and
        {second} scored the second after the break. {guest} pressed late but hit only the post. "{quote}," {home}'s coach
        said. {attendance} watched at {ground}. {home} play {next} next week.""",
        facts=[
            dict(home="Sevilla", guest="Getafe", score="2-0", day="Saturday", effect="move up to sixth", scorer="Romero", minute=12, second="Suso", quote="We were patient", attendance="34,120", ground="the Sanchez-Pizjuan", next="Betis"),
            dict(home="Torino", guest="Lecce", score="2-1", day="Sunday", effect="end a run of four defeats", scorer="Sanabria", minute=33, second="Vlasic", quote="That was overdue", attendance="19,877", ground="the Olimpico", next="Monza"),
            dict(home="Mainz", guest="Bochum", score="3-1", day="Friday", effect="leave the last place", scorer="Onisiwo", minute=5, second="Lee", quote="The boys believed in it", attendance="28,000", ground="the Mewa Arena", next="Bremen"),
            dict(home="Lens", guest="Nantes", score="2-0", day="Saturday", effect="stay third", scorer="Wahi", minute=61, second="Sotoca", quote="A calm evening", attendance="37,905", ground="the Bollaert", next="Lyon"),
        ]),
    dict(
        title="Weather in {city} for {day}",
        text="""The weather in {city} on {day}: {sky} with temperatures between {low} and {high} degrees. The wind comes
        from the {wind} at {speed} kilometers an hour, with gusts near the coast. The chance of rain is {rain} percent. The
        sun rises at {rise} and sets at {set}. The outlook: {later}.""",
        facts=[
            dict(city="Karachi", day="Monday", sky="sunny", low=24, high=35, wind="southwest", speed=22, rain=5, rise="6:02", set="19:01", later="no change until Thursday"),
            dict(city="Karachi", day="Tuesday", sky="sunny", low=25, high=36, wind="southwest", speed=18, rain=0, rise="6:01", set="19:01", later="hotter towards the weekend"),
            dict(city="Karachi", day="Wednesday", sky="hazy", low=26, high=36, wind="west", speed=14, rain=10, rise="6:00", set="19:02", later="some clouds on Friday"),
            dict(city="Lisbon", day="Monday", sky="cloudy", low=14, high=21, wind="north", speed=30, rain=40, rise="7:12", set="20:03", later="rain on Wednesday, then dry"),
            dict(city="Oslo", day="Monday", sky="snow showers", low=-4, high=1, wind="east", speed=12, rain=80, rise="8:33", set="15:40", later="colder nights"),
        ]),
]
