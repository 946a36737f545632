<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name></name>
    <message>
        <source>Building “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Updating “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compacting “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the sample catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping: what is in hand is still written…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} pictures drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} pictures checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{checked} pictures checked: nothing is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{checked} pictures checked: {findings} findings, {serious} of them serious.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{before} before, {after} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} updated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} unchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was to be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its weights are damaged: {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its weights are not on this machine: beautyfinder backbones download {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its weights are not on this machine and have to be imported: beautyfinder backbones import {name} FILE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not possible here: the library {name} is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not there: moved, deleted, or a drive is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no catalogue in this folder any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is a link to another folder; delete the catalogue there by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} holds no catalogue; nothing was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} holds other things than the catalogue ({name}, …); move them away or delete the catalogue by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} cannot be looked through ({why}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} cannot be deleted ({why}); is it open in another program?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropped picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clipboard is empty. Copy a picture or a picture file first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture in what was dropped. Drop a picture file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is a folder, neither a picture nor a catalogue store. Drop the pictures in it instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is a folder and is left out; the pictures are looked up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That “data:” address holds no picture. Copy the picture itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That “data:” address is over {limit} MiB long. Save the picture and drop its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That “data:” address is cut short. Copy the picture itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name and folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clipboard holds text, not a picture. Copy a picture or its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is text, not a picture. Drop a picture file or a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses that begin with “{scheme}:” cannot be read here. Save the picture or copy it to this computer, then drop its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be written: {why}. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first is the product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likely one of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably not in this catalogue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisional order: details were not compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 product of {catalogue}, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} products of {catalogue}, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside BeautyFinder ({what}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside BeautyFinder ({what}). The details are in {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 matching detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} matching details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>words: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {reasons}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked as right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked as wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {queries} labelled photos ({right} right products) in {folder}; {wrong} that are wrong stand in a file of their own, which “evaluate” does not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {queries} labelled photos ({right} right products) in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting the catalogue ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Going through the whole catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing details with the best candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <source>About BeautyFinder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BeautyFinder {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tells which product of a catalogue a photo shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deep features, local features and the words on the pack search the whole catalogue; what they find is compared in detail, on this computer alone.

After “Cross-domain beauty and personal care product retrieval” by Tang, Huang and Fuh: deep features rank the catalogue, local features re-rank the best hundred. The paper&apos;s own method can be chosen in the method panel.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardDelegate</name>
    <message>
        <source>Closest</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardsView</name>
    <message>
        <source>Most likely products</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CatalogueFields</name>
    <message>
        <source>Choose one, or drop it here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of pictures or catalogue CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change where the catalogue is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A way to sum a picture up; look-ups use one of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details (local features)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words on the packs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by OCR: finds packs by what stands on them. Half of the time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a folder, the folder that holds a picture tells the product; in a CSV, the columns image and product_id do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compares fine print and pattern: surest, and most of the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poolings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CatalogueManager</name>
    <message>
        <source>Catalogues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No catalogue yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A catalogue is made from a folder of product pictures or from a CSV. It is built in the background, and you can go on working meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New catalogue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for new and changed pictures in:
{sources}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add pictures to “{name}” from:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures that it has already are not computed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogue CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the catalogue “{name}” for good?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {folder} ({size}) is deleted. The pictures that the catalogue was made of stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A job works on “{name}”; cancel it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a catalogue to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the list…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A catalogue that was made elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look photos up in this catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a further folder or CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for new and changed pictures where it was made from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read everything in it and compare it with the picture files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give back the space of what was removed or replaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalogue itself stays where it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete its folder; the pictures stay</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside BeautyFinder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program goes on, and your catalogues are as they were. To help mend it, copy this report and send it with a word about what you did.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Include the names of folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open catalogue store</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving {file}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {file}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FetchBar</name>
    <message>
        <source>How much of the picture has come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop fetching; the photo that is shown stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching from {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for an answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {host}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Which product is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give BeautyFinder a photo, and it tells which product it shows.
First it needs a catalogue of products.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} drawn products and phone photos of them. Made on this machine in a few minutes, then looked up at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use my own pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of product pictures, or a CSV that lists them. Built in the background, as large as you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an existing catalogue…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, product, verdict or catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look-ups, the newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reopen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the photo and what was found then (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look up again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look the photo up in the catalogue that is open now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget this look-up and what was said of it (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase &amp;all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget all look-ups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport labelled queries…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the photos whose products were marked as right, with a table that “beautyfinder evaluate --queries” reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No look-up has these words in its name, product, verdict or catalogue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No look-ups yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every photo that you look up is kept here, on this computer only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase all look-ups?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their photos and everything that was marked as right or wrong are erased, too. This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for the labelled queries</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HitDetails</name>
    <message>
        <source>Your photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Product id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of them verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open product page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HitMenu</name>
    <message>
        <source>The picture file is no longer where the catalogue found it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the order is final.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use as query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalogue has no picture of it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;This is it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is &amp;not it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;product id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy i&amp;mage id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalogue knows no page of this product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalogue&apos;s address of it is no web page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open product page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied {text}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied the picture ({size}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program opens {address}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobRunner</name>
    <message>
        <source>The background process could not be started ({why}). Install BeautyFinder again if this goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work on “{name}” was ended from outside or for want of memory. What was done so far is kept: try again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work on “{name}” ended unexpectedly ({why}). What was done so far is kept: try again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobView</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop; what is done so far is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the pictures out of the catalogue that are no longer in its folders and CSVs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{line}  ·  {count} no longer in its folders and CSVs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not finished: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then: {jobs}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been logged yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the log; folders are left out of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied, without the names of folders.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opening the catalogue {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No catalogue is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready for the first look-up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked up {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a catalogue to look this photo up in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That could not be looked up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} – BeautyFinder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MethodPanel</name>
    <message>
        <source>Recommended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paper&apos;s best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My own choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deep features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words on the pack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIFT matches (the paper&apos;s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HNSW (approximate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics (Apple)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describing the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranking the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage}: {ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short-list from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures in the short-list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-ranking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratio of the matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last look-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalogue was not indexed with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalogue has no local features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No words were read in this catalogue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HNSW does not rank by it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the paper&apos;s SIFT matches use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a catalogue to see what it can serve.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewCatalogueDialog</name>
    <message>
        <source>New catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a catalogue of that name already. Choose another name, or add the pictures to that catalogue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a folder of that name with other things in it. Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}  (no weights)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogue CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to keep the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogue CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of product pictures or a catalogue CSV.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the catalogue a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name cannot begin with a dot, nor contain any of {signs}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one pooling at least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting the pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 picture found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About {least} to {most}, and {small} to {large} on the disk. This is an estimate; it is built in the background.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There may not be room enough: {free} are free there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build catalogue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoTools</name>
    <message>
        <source>Turn left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look up the whole photo again (Escape)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a box round the product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where there is more than one thing in the photo, only what is in the box is looked up. With the keyboard: B, then arrows and Shift with arrows.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Drop area for a photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Return to choose a photo file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo being looked up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo being looked up, with a box round the product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press B to put a box round the product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows move the box, Shift and arrows resize it, Escape removes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let go to look it up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or paste one with Ctrl+V,
or click to choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureFetcher</name>
    <message>
        <source>“{address}” is not fetched: only https and http addresses are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sent no picture but “{kind}”. Save the picture and drop its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something unnamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {host} sent is not a picture of a known kind. Save the picture and drop its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} redirects without end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} leads to an address that is not secure; it is not followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page at {host} shows no picture that can be fetched. Copy the picture itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is larger than {limit} MiB. Save it smaller and drop its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} took too long to send the picture. Try again, or save it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no host {host}. Check the address and the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} cannot prove that it is {host}: nothing is fetched from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has no such picture (any more).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not give this picture away. Save it and drop its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} could not send the picture (error {status}). Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture cannot be fetched from {host}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueryPane</name>
    <message>
        <source>Your photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing chosen yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one photo file or several (Ctrl+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look up the picture, file or address on the clipboard (Ctrl+V)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos looked up before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}  ·  {width} × {height}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is a link, and fetching pictures from the web is switched off in the settings. Save the picture, then drop or paste it here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueryStrip</name>
    <message>
        <source>Photos given at once</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Recent photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo has been looked up yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsBar</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the products by words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only products whose title, brand, id, description or found words contain this (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the products by brand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only products of one brand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the listed products as a table, a web page or a PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All brands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{brand} ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {total} products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best {count} only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter the products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All products of the short-list, or the best (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a &amp;table (CSV)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a &amp;web page with pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a &amp;PDF…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>That catalogue cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open catalogue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which product is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a catalogue, then drop a photo of a product: the seven products most like it appear here, with the reasons why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready when you are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo anywhere in this window. It is compared with {count} products, and the seven most like it appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First candidates: the order may change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing details with the best candidates…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This catalogue has no picture that can be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The look-up did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: only first candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their details were not compared with the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably not in this catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These come closest, but none agrees well with the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closest: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likely one of these: please compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No product fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {count} products found has that brand and these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: begin a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: move the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: change the box&apos;s size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the photo: remove the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among several photos: the one before, the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among the hits: go to another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among the hits: details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among the hits: menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+F10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>{name}  ·  {count} pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}  ·  1 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>describe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>re-rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} {ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoreList</name>
    <message>
        <source>Known catalogues</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StripModel</name>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be looked up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably not in this catalogue; closest: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably not in this catalogue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnfinishedBar</name>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done already is not computed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not ask again; what was done so far is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not finished yet: {names}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wishes</name>
    <message>
        <source>Looked up earlier: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Delegate</name>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Failures</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What failed and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} remarks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 remark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Making</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step 1 of 2: drawing the products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step 2 of 2: looking at every picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample catalogue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Model</name>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed {day}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos to look up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look up the picture on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New catalogue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Catalogues…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build, update, check and switch among catalogues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;catalogue store…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier look-ups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn &amp;left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn &amp;right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look up the &amp;whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look up &amp;again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop the look-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Details of the hit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole &amp;short-list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export hits…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the hits as a table, a sheet with pictures, or PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose how photos are looked up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About BeautyFinder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>preferences</name>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the last catalogue at the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch pictures that links point to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a link is dropped or pasted, its picture is fetched from the web. Nothing else is ever sent or fetched, and photos never leave this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep a history of look-ups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos and hits are kept on this computer until they are erased.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
