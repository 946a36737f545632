<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Building “{name}”</source>
        <translation>正在建立「{name}」</translation>
    </message>
    <message>
        <source>Updating “{name}”</source>
        <translation>正在更新「{name}」</translation>
    </message>
    <message>
        <source>Checking “{name}”</source>
        <translation>正在檢查「{name}」</translation>
    </message>
    <message>
        <source>Compacting “{name}”</source>
        <translation>正在壓縮「{name}」</translation>
    </message>
    <message>
        <source>Making the sample catalogue</source>
        <translation>正在製作範例商品目錄</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在準備…</translation>
    </message>
    <message>
        <source>Stopping: what is in hand is still written…</source>
        <translation>正在停止：處理中的項目仍會寫入…</translation>
    </message>
    <message>
        <source>{done} of {total} pictures drawn</source>
        <translation>已繪製 {done} 張圖片，共 {total} 張</translation>
    </message>
    <message>
        <source>{done} of {total} pictures</source>
        <translation>已處理 {done} 張圖片，共 {total} 張</translation>
    </message>
    <message>
        <source>{done} of {total} pictures checked</source>
        <translation>已檢查 {done} 張圖片，共 {total} 張</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暫停</translation>
    </message>
    <message>
        <source>{rate} a second</source>
        <translation>每秒 {rate} 張</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>剩餘 {duration}</translation>
    </message>
    <message>
        <source>{checked} pictures checked: nothing is wrong.</source>
        <translation>已檢查 {checked} 張圖片：沒有發現問題。</translation>
    </message>
    <message>
        <source>{checked} pictures checked: {findings} findings, {serious} of them serious.</source>
        <translation>已檢查 {checked} 張圖片：發現 {findings} 個問題，其中 {serious} 個為嚴重問題。</translation>
    </message>
    <message>
        <source>{before} before, {after} now.</source>
        <translation>原為 {before}，現為 {after}。</translation>
    </message>
    <message>
        <source>{count} added</source>
        <translation>新增 {count} 張</translation>
    </message>
    <message>
        <source>{count} updated</source>
        <translation>更新 {count} 張</translation>
    </message>
    <message>
        <source>{count} unchanged</source>
        <translation>{count} 張未變更</translation>
    </message>
    <message>
        <source>{count} removed</source>
        <translation>移除 {count} 張</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} 張無法讀取</translation>
    </message>
    <message>
        <source>Nothing was to be done.</source>
        <translation>沒有需要處理的項目。</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分鐘</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小時 {minutes} 分鐘</translation>
    </message>
    <message>
        <source>Its weights are damaged: {note}</source>
        <translation>權重檔已損壞：{note}</translation>
    </message>
    <message>
        <source>Its weights are not on this machine: beautyfinder backbones download {name}</source>
        <translation>這部電腦上沒有它的權重檔：beautyfinder backbones download {name}</translation>
    </message>
    <message>
        <source>Its weights are not on this machine and have to be imported: beautyfinder backbones import {name} FILE</source>
        <translation>這部電腦上沒有它的權重檔，必須匯入：beautyfinder backbones import {name} FILE</translation>
    </message>
    <message>
        <source>Not possible here: the library {name} is not installed.</source>
        <translation>無法在此使用：未安裝程式庫 {name}。</translation>
    </message>
    <message>
        <source>It is not there: moved, deleted, or a drive is missing.</source>
        <translation>找不到商品目錄：可能已移動或刪除，或磁碟機未連接。</translation>
    </message>
    <message>
        <source>There is no catalogue in this folder any more.</source>
        <translation>這個資料夾中已沒有商品目錄。</translation>
    </message>
    <message>
        <source>{folder} is a link to another folder; delete the catalogue there by hand.</source>
        <translation>{folder} 是指向其他資料夾的連結；請自行到該資料夾刪除商品目錄。</translation>
    </message>
    <message>
        <source>{folder} holds no catalogue; nothing was deleted.</source>
        <translation>{folder} 中沒有商品目錄；未刪除任何項目。</translation>
    </message>
    <message>
        <source>{folder} holds other things than the catalogue ({name}, …); move them away or delete the catalogue by hand.</source>
        <translation>{folder} 中除了商品目錄還有其他項目（{name} 等）；請先將它們移走，或自行刪除商品目錄。</translation>
    </message>
    <message>
        <source>{folder} cannot be looked through ({why}).</source>
        <translation>無法檢視 {folder} 的內容（{why}）。</translation>
    </message>
    <message>
        <source>{folder} cannot be deleted ({why}); is it open in another program?</source>
        <translation>無法刪除 {folder}（{why}）；是否正由其他程式開啟？</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>貼上的圖片</translation>
    </message>
    <message>
        <source>Dropped picture</source>
        <translation>拖放的圖片</translation>
    </message>
    <message>
        <source>The clipboard is empty. Copy a picture or a picture file first.</source>
        <translation>剪貼簿是空的。請先複製圖片或圖片檔。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped. Drop a picture file.</source>
        <translation>拖放的內容中沒有圖片。請拖放圖片檔。</translation>
    </message>
    <message>
        <source>“{name}” is a folder and is left out; the pictures are looked up.</source>
        <translation>「{name}」是資料夾，已略過；只查詢圖片。</translation>
    </message>
    <message>
        <source>That “data:” address holds no picture. Copy the picture itself.</source>
        <translation>這個「data:」位址不含圖片。請複製圖片本身。</translation>
    </message>
    <message>
        <source>That “data:” address is over {limit} MiB long. Save the picture and drop its file.</source>
        <translation>這個「data:」位址的長度超過 {limit} MiB。請先儲存圖片，再拖放其檔案。</translation>
    </message>
    <message>
        <source>That “data:” address is cut short. Copy the picture itself.</source>
        <translation>這個「data:」位址不完整。請複製圖片本身。</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name and folder.</source>
        <translation>找不到檔案 {path}。請檢查檔名與資料夾。</translation>
    </message>
    <message>
        <source>The clipboard holds text, not a picture. Copy a picture or its file.</source>
        <translation>剪貼簿中是文字，不是圖片。請複製圖片或圖片檔。</translation>
    </message>
    <message>
        <source>That is text, not a picture. Drop a picture file or a picture.</source>
        <translation>這是文字，不是圖片。請拖放圖片檔或圖片。</translation>
    </message>
    <message>
        <source>Addresses that begin with “{scheme}:” cannot be read here. Save the picture or copy it to this computer, then drop its file.</source>
        <translation>這裡無法讀取以「{scheme}:」開頭的位址。請將圖片儲存或複製到這部電腦，再拖放其檔案。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {why}. Choose another place.</source>
        <translation>無法寫入 {file}：{why}。請選擇其他位置。</translation>
    </message>
    <message>
        <source>The first is the product.</source>
        <translation>第一項就是該商品。</translation>
    </message>
    <message>
        <source>Likely one of these.</source>
        <translation>可能是其中之一。</translation>
    </message>
    <message>
        <source>Probably not in this catalogue.</source>
        <translation>可能不在這個商品目錄中。</translation>
    </message>
    <message>
        <source>Provisional order: details were not compared.</source>
        <translation>暫定順序：尚未比對細節。</translation>
    </message>
    <message>
        <source>1 product of {catalogue}, {when}</source>
        <translation>{catalogue} 中的 1 項商品，{when}</translation>
    </message>
    <message>
        <source>{count} products of {catalogue}, {when}</source>
        <translation>{catalogue} 中的 {count} 項商品，{when}</translation>
    </message>
    <message>
        <source>Something went wrong inside BeautyFinder ({what}).</source>
        <translation>BeautyFinder 內部發生錯誤（{what}）。</translation>
    </message>
    <message>
        <source>Something went wrong inside BeautyFinder ({what}). The details are in {file}.</source>
        <translation>BeautyFinder 內部發生錯誤（{what}）。詳細資訊請見 {file}。</translation>
    </message>
    <message>
        <source>match</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>不確定</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>不相符</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>未找到結果</translation>
    </message>
    <message>
        <source>1 matching detail</source>
        <translation>1 處細節相符</translation>
    </message>
    <message>
        <source>{count} of {all} details</source>
        <translation>{all} 處細節中 {count} 處相符</translation>
    </message>
    <message>
        <source>{count} matching details</source>
        <translation>{count} 處細節相符</translation>
    </message>
    <message>
        <source>words: {words}</source>
        <translation>文字：{words}</translation>
    </message>
    <message>
        <source>details</source>
        <translation>細節</translation>
    </message>
    <message>
        <source>words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>looks</source>
        <translation>外觀</translation>
    </message>
    <message>
        <source>likeness</source>
        <translation>整體相似度</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first}和{last}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>by {reasons}</source>
        <translation>依{reasons}判定</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>分數 {score}</translation>
    </message>
    <message>
        <source>marked as right</source>
        <translation>已標記為正確</translation>
    </message>
    <message>
        <source>marked as wrong</source>
        <translation>已標記為錯誤</translation>
    </message>
    <message>
        <source>Saved {queries} labelled photos ({right} right products) in {folder}; {wrong} that are wrong stand in a file of their own, which “evaluate” does not read.</source>
        <translation>已將 {queries} 張標記的照片（{right} 項正確商品）儲存到 {folder}；{wrong} 項錯誤商品另存於單獨的檔案，「evaluate」不會讀取該檔案。</translation>
    </message>
    <message>
        <source>Saved {queries} labelled photos ({right} right products) in {folder}.</source>
        <translation>已將 {queries} 張標記的照片（{right} 項正確商品）儲存到 {folder}。</translation>
    </message>
    <message>
        <source>Reading the photo</source>
        <translation>正在讀取照片</translation>
    </message>
    <message>
        <source>Getting the catalogue ready</source>
        <translation>正在準備商品目錄</translation>
    </message>
    <message>
        <source>Looking at the photo</source>
        <translation>正在分析照片</translation>
    </message>
    <message>
        <source>Going through the whole catalogue</source>
        <translation>正在搜尋整個商品目錄</translation>
    </message>
    <message>
        <source>Comparing details with the best candidates</source>
        <translation>正在與最佳候選商品比對細節</translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation>{what}：{done} / {total}</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>{taken} of {count} pictures in the folder “{name}” are looked up.</source>
        <translation>資料夾「{name}」中 {count} 張圖片有 {taken} 張會拿來查詢。</translation>
    </message>
    <message>
        <source>{taken} of {count} pictures in {folders} folders are looked up.</source>
        <translation>{folders} 個資料夾中 {count} 張圖片有 {taken} 張會拿來查詢。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read: {why}. Drop the pictures in it instead.</source>
        <translation>無法讀取資料夾 {folder}：{why}。請改為拖放其中的圖片。</translation>
    </message>
    <message>
        <source>There is no picture in these {folders} folders; folders in them are not searched. Drop the pictures themselves.</source>
        <translation>這 {folders} 個資料夾中沒有圖片；其中的子資料夾不會搜尋。請直接拖放圖片。</translation>
    </message>
    <message>
        <source>There is no picture in the folder “{name}”; folders in it are not searched. Drop the pictures themselves.</source>
        <translation>資料夾「{name}」中沒有圖片；其中的子資料夾不會搜尋。請直接拖放圖片。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <source>About BeautyFinder</source>
        <translation>關於 BeautyFinder</translation>
    </message>
    <message>
        <source>BeautyFinder {version}</source>
        <translation>BeautyFinder {version}</translation>
    </message>
    <message>
        <source>Tells which product of a catalogue a photo shows.</source>
        <translation>辨識照片中的商品是商品目錄裡的哪一項。</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>About</source>
        <translation>關於</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>授權條款</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>複製版本資訊</translation>
    </message>
    <message>
        <source>Deep features, local features and the words on the pack search the whole catalogue; what they find is compared in detail, on this computer alone.

After “Cross-domain beauty and personal care product retrieval” by Tang, Huang and Fuh: deep features rank the catalogue, local features re-rank the best hundred. The paper&apos;s own method can be chosen in the method panel.</source>
        <translation>深度特徵、局部特徵與包裝上的文字會搜尋整個商品目錄；找到的結果再逐一比對細節，全程只在這部電腦上進行。

依據 Tang、Huang 與 Fuh 的論文「Cross-domain beauty and personal care product retrieval」：以深度特徵為商品目錄排名，再以局部特徵對前一百名重新排序。論文本身的方法可在方法面板中選擇。</translation>
    </message>
</context>
<context>
    <name>CardDelegate</name>
    <message>
        <source>Match</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不確定</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>不相符</translation>
    </message>
</context>
<context>
    <name>CardsView</name>
    <message>
        <source>Most likely products</source>
        <translation>最可能的商品</translation>
    </message>
</context>
<context>
    <name>CatalogueFields</name>
    <message>
        <source>Choose one, or drop it here</source>
        <translation>請選擇，或拖放到這裡</translation>
    </message>
    <message>
        <source>Folder of pictures or catalogue CSV</source>
        <translation>圖片資料夾或商品目錄 CSV</translation>
    </message>
    <message>
        <source>Name of the catalogue</source>
        <translation>商品目錄名稱</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>資料夾…</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>變更…</translation>
    </message>
    <message>
        <source>Change where the catalogue is kept</source>
        <translation>變更商品目錄的存放位置</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>骨幹網路</translation>
    </message>
    <message>
        <source>A way to sum a picture up; look-ups use one of them</source>
        <translation>將圖片彙整為特徵的方式；查詢時會使用其中一種</translation>
    </message>
    <message>
        <source>Details (local features)</source>
        <translation>細節（局部特徵）</translation>
    </message>
    <message>
        <source>Words on the packs</source>
        <translation>包裝上的文字</translation>
    </message>
    <message>
        <source>Read by OCR: finds packs by what stands on them. Half of the time.</source>
        <translation>以 OCR 讀取：依包裝上的文字尋找商品。會占用一半的時間。</translation>
    </message>
    <message>
        <source>In a folder, the folder that holds a picture tells the product; in a CSV, the columns image and product_id do.</source>
        <translation>資料夾：由圖片所在的資料夾判定商品；CSV：由 image 與 product_id 欄位判定。</translation>
    </message>
    <message>
        <source>Compares fine print and pattern: surest, and most of the disk.</source>
        <translation>比對細小的文字與圖樣：最可靠，但占用大部分的磁碟空間。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Poolings</source>
        <translation>池化方式</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>計算項目</translation>
    </message>
</context>
<context>
    <name>CatalogueManager</name>
    <message>
        <source>Catalogues</source>
        <translation>商品目錄</translation>
    </message>
    <message>
        <source>No catalogue yet</source>
        <translation>尚無商品目錄</translation>
    </message>
    <message>
        <source>A catalogue is made from a folder of product pictures or from a CSV. It is built in the background, and you can go on working meanwhile.</source>
        <translation>商品目錄由商品圖片資料夾或 CSV 製作而成。建立作業會在背景進行，期間您可以繼續工作。</translation>
    </message>
    <message>
        <source>New catalogue…</source>
        <translation>新增商品目錄…</translation>
    </message>
    <message>
        <source>Look for new and changed pictures in:
{sources}</source>
        <translation>在下列位置尋找新增與變更的圖片：
{sources}</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>加入圖片</translation>
    </message>
    <message>
        <source>Add pictures to “{name}” from:</source>
        <translation>將圖片加入「{name}」，來源：</translation>
    </message>
    <message>
        <source>Pictures that it has already are not computed again.</source>
        <translation>已有的圖片不會重新計算。</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>資料夾…</translation>
    </message>
    <message>
        <source>A CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>Catalogue CSV (*.csv)</source>
        <translation>商品目錄 CSV (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有檔案 (*)</translation>
    </message>
    <message>
        <source>Delete the catalogue</source>
        <translation>刪除商品目錄</translation>
    </message>
    <message>
        <source>Delete the catalogue “{name}” for good?</source>
        <translation>要永久刪除商品目錄「{name}」嗎？</translation>
    </message>
    <message>
        <source>The folder {folder} ({size}) is deleted. The pictures that the catalogue was made of stay where they are.</source>
        <translation>將刪除資料夾 {folder}（{size}）。製作商品目錄所用的圖片會保留在原處。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>A job works on “{name}”; cancel it first.</source>
        <translation>「{name}」有作業正在進行；請先取消該作業。</translation>
    </message>
    <message>
        <source>Add a catalogue to the list</source>
        <translation>將商品目錄加入清單</translation>
    </message>
    <message>
        <source>Add to the list…</source>
        <translation>加入清單…</translation>
    </message>
    <message>
        <source>A catalogue that was made elsewhere</source>
        <translation>在其他地方製作的商品目錄</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Look photos up in this catalogue</source>
        <translation>在這個商品目錄中查詢照片</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>加入圖片…</translation>
    </message>
    <message>
        <source>From a further folder or CSV</source>
        <translation>從其他資料夾或 CSV 加入</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Look for new and changed pictures where it was made from</source>
        <translation>在製作來源中尋找新增與變更的圖片</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>檢查</translation>
    </message>
    <message>
        <source>Read everything in it and compare it with the picture files</source>
        <translation>讀取其中的所有內容，並與圖片檔比對</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>壓縮</translation>
    </message>
    <message>
        <source>Give back the space of what was removed or replaced</source>
        <translation>釋放已移除或已取代內容所占的空間</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>從清單移除</translation>
    </message>
    <message>
        <source>The catalogue itself stays where it is</source>
        <translation>商品目錄本身會保留在原處</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>刪除…</translation>
    </message>
    <message>
        <source>Delete its folder; the pictures stay</source>
        <translation>刪除其資料夾；圖片會保留</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>發生錯誤</translation>
    </message>
    <message>
        <source>Something went wrong inside BeautyFinder</source>
        <translation>BeautyFinder 內部發生錯誤</translation>
    </message>
    <message>
        <source>The program goes on, and your catalogues are as they were. To help mend it, copy this report and send it with a word about what you did.</source>
        <translation>程式會繼續執行，您的商品目錄不受影響。為協助修正問題，請複製這份報告並傳送給我們，同時簡單說明您當時的操作。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>報告</translation>
    </message>
    <message>
        <source>Include the names of folders</source>
        <translation>包含資料夾名稱</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>複製報告</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open catalogue store</source>
        <translation>開啟商品目錄</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>the catalogue</source>
        <translation>商品目錄</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>網頁 (*.html)</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF 檔案 (*.pdf)</translation>
    </message>
    <message>
        <source>Save the products</source>
        <translation>儲存商品</translation>
    </message>
    <message>
        <source>Saving {file}…</source>
        <translation>正在儲存 {file}…</translation>
    </message>
    <message>
        <source>Saved {file}.</source>
        <translation>已儲存 {file}。</translation>
    </message>
</context>
<context>
    <name>FetchBar</name>
    <message>
        <source>How much of the picture has come</source>
        <translation>圖片的擷取進度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop fetching; the photo that is shown stays</source>
        <translation>停止擷取；目前顯示的照片會保留</translation>
    </message>
    <message>
        <source>Cancel fetching</source>
        <translation>取消擷取</translation>
    </message>
    <message>
        <source>Fetching from {host}</source>
        <translation>正在從 {host} 擷取</translation>
    </message>
    <message>
        <source>Waiting for an answer</source>
        <translation>正在等候回應</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>From {host}</source>
        <translation>來自 {host}</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Which product is it?</source>
        <translation>這是哪一項商品？</translation>
    </message>
    <message>
        <source>Give BeautyFinder a photo, and it tells which product it shows.
First it needs a catalogue of products.</source>
        <translation>提供一張照片，BeautyFinder 就會告訴您照片中是哪一項商品。
首先需要一份商品目錄。</translation>
    </message>
    <message>
        <source>Try the sample catalogue</source>
        <translation>試用範例商品目錄</translation>
    </message>
    <message>
        <source>{count} drawn products and phone photos of them. Made on this machine in a few minutes, then looked up at once.</source>
        <translation>{count} 項繪製的商品與其手機照片。只需幾分鐘即可在這部電腦上製作完成，隨後就能查詢。</translation>
    </message>
    <message>
        <source>Use my own pictures…</source>
        <translation>使用我自己的圖片…</translation>
    </message>
    <message>
        <source>A folder of product pictures, or a CSV that lists them. Built in the background, as large as you like.</source>
        <translation>商品圖片資料夾，或列出圖片的 CSV。在背景建立，大小不限。</translation>
    </message>
    <message>
        <source>Open an existing catalogue…</source>
        <translation>開啟現有的商品目錄…</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>歷史紀錄</translation>
    </message>
    <message>
        <source>Search by name, product, verdict or catalogue</source>
        <translation>依名稱、商品、判定或商品目錄搜尋</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>搜尋歷史紀錄</translation>
    </message>
    <message>
        <source>Look-ups, the newest first</source>
        <translation>查詢紀錄（由新到舊）</translation>
    </message>
    <message>
        <source>&amp;Reopen</source>
        <translation>重新開啟(&amp;R)</translation>
    </message>
    <message>
        <source>Show the photo and what was found then (Enter)</source>
        <translation>顯示照片與當時的結果 (Enter)</translation>
    </message>
    <message>
        <source>&amp;Look up again</source>
        <translation>再次查詢(&amp;L)</translation>
    </message>
    <message>
        <source>Look the photo up in the catalogue that is open now</source>
        <translation>在目前開啟的商品目錄中查詢這張照片</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>清除(&amp;E)</translation>
    </message>
    <message>
        <source>Forget this look-up and what was said of it (Delete)</source>
        <translation>清除這筆查詢與其標記 (Delete)</translation>
    </message>
    <message>
        <source>Erase &amp;all…</source>
        <translation>全部清除(&amp;A)…</translation>
    </message>
    <message>
        <source>Forget all look-ups</source>
        <translation>清除所有查詢紀錄</translation>
    </message>
    <message>
        <source>E&amp;xport labelled queries…</source>
        <translation>匯出已標記的查詢(&amp;X)…</translation>
    </message>
    <message>
        <source>Save the photos whose products were marked as right, with a table that “beautyfinder evaluate --queries” reads</source>
        <translation>儲存商品已標記為正確的照片，並附上「beautyfinder evaluate --queries」可讀取的表格</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>沒有符合的項目</translation>
    </message>
    <message>
        <source>No look-up has these words in its name, product, verdict or catalogue.</source>
        <translation>沒有任何查詢的名稱、商品、判定或商品目錄包含這些文字。</translation>
    </message>
    <message>
        <source>No look-ups yet</source>
        <translation>尚無查詢紀錄</translation>
    </message>
    <message>
        <source>Every photo that you look up is kept here, on this computer only.</source>
        <translation>您查詢過的每張照片都會保留在這裡，且只存在這部電腦上。</translation>
    </message>
    <message>
        <source>Erase the history</source>
        <translation>清除歷史紀錄</translation>
    </message>
    <message>
        <source>Erase all look-ups?</source>
        <translation>要清除所有查詢紀錄嗎？</translation>
    </message>
    <message>
        <source>Their photos and everything that was marked as right or wrong are erased, too. This cannot be undone.</source>
        <translation>照片以及所有標記為正確或錯誤的內容也會一併清除。此動作無法復原。</translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>A folder for the labelled queries</source>
        <translation>已標記查詢的存放資料夾</translation>
    </message>
</context>
<context>
    <name>HitDetails</name>
    <message>
        <source>Your photo</source>
        <translation>您的照片</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>商品目錄</translation>
    </message>
    <message>
        <source>There is no picture of it here.</source>
        <translation>這裡沒有它的圖片。</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>價格</translation>
    </message>
    <message>
        <source>Product id</source>
        <translation>商品編號</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分數</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>相符點</translation>
    </message>
    <message>
        <source>Of them verified</source>
        <translation>其中已驗證</translation>
    </message>
    <message>
        <source>Words found</source>
        <translation>找到的文字</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>判定依據</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>說明</translation>
    </message>
    <message>
        <source>Open product page</source>
        <translation>開啟商品網頁</translation>
    </message>
</context>
<context>
    <name>HitMenu</name>
    <message>
        <source>The picture file is no longer where the catalogue found it.</source>
        <translation>圖片檔已不在商品目錄原先找到它的位置。</translation>
    </message>
    <message>
        <source>Wait until the order is final.</source>
        <translation>請等候順序確定。</translation>
    </message>
    <message>
        <source>No history is kept, so this could not be noted: see the settings.</source>
        <translation>未保留歷史紀錄，因此無法記下這項判斷：請見設定。</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>檢視(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Use as query</source>
        <translation>作為查詢照片(&amp;U)</translation>
    </message>
    <message>
        <source>The catalogue has no picture of it any more.</source>
        <translation>商品目錄中已沒有它的圖片。</translation>
    </message>
    <message>
        <source>&amp;This is it</source>
        <translation>就是這項商品(&amp;T)</translation>
    </message>
    <message>
        <source>This is &amp;not it</source>
        <translation>不是這項商品(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>複製圖片(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;product id</source>
        <translation>複製商品編號(&amp;P)</translation>
    </message>
    <message>
        <source>Copy i&amp;mage id</source>
        <translation>複製圖片編號(&amp;M)</translation>
    </message>
    <message>
        <source>The catalogue knows no page of this product.</source>
        <translation>商品目錄中沒有這項商品的網頁。</translation>
    </message>
    <message>
        <source>The catalogue&apos;s address of it is no web page.</source>
        <translation>商品目錄中的位址不是網頁。</translation>
    </message>
    <message>
        <source>&amp;Open product page</source>
        <translation>開啟商品網頁(&amp;O)</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>在資料夾中顯示(&amp;F)</translation>
    </message>
    <message>
        <source>Copied {text}.</source>
        <translation>已複製 {text}。</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>Copied the picture ({size}).</source>
        <translation>已複製圖片（{size}）。</translation>
    </message>
    <message>
        <source>No program opens {address}.</source>
        <translation>沒有程式可以開啟 {address}。</translation>
    </message>
</context>
<context>
    <name>JobRunner</name>
    <message>
        <source>The background process could not be started ({why}). Install BeautyFinder again if this goes on.</source>
        <translation>無法啟動背景處理程序（{why}）。若問題持續發生，請重新安裝 BeautyFinder。</translation>
    </message>
    <message>
        <source>The work on “{name}” was ended from outside or for want of memory. What was done so far is kept: try again to go on.</source>
        <translation>「{name}」的作業被外部終止，或因記憶體不足而結束。目前完成的部分已保留：請再試一次以繼續。</translation>
    </message>
    <message>
        <source>The work on “{name}” ended unexpectedly ({why}). What was done so far is kept: try again to go on.</source>
        <translation>「{name}」的作業意外結束（{why}）。目前完成的部分已保留：請再試一次以繼續。</translation>
    </message>
</context>
<context>
    <name>JobView</name>
    <message>
        <source>Progress</source>
        <translation>進度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop; what is done so far is kept</source>
        <translation>停止；目前完成的部分會保留</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>移除這些圖片</translation>
    </message>
    <message>
        <source>Take the pictures out of the catalogue that are no longer in its folders and CSVs</source>
        <translation>將已不在來源資料夾與 CSV 中的圖片從商品目錄移除</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試一次</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Done: {title}</source>
        <translation>完成：{title}</translation>
    </message>
    <message>
        <source>{line}  ·  {count} no longer in its folders and CSVs</source>
        <translation>{line}  ·  {count} 張已不在來源資料夾與 CSV 中</translation>
    </message>
    <message>
        <source>What was done so far is kept.</source>
        <translation>目前完成的部分已保留。</translation>
    </message>
    <message>
        <source>Stopped: {title}</source>
        <translation>已停止：{title}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>繼續進行</translation>
    </message>
    <message>
        <source>Not finished: {title}</source>
        <translation>未完成：{title}</translation>
    </message>
    <message>
        <source>Then: {jobs}</source>
        <translation>接著：{jobs}</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>記錄</translation>
    </message>
    <message>
        <source>Log of this run</source>
        <translation>本次執行的記錄</translation>
    </message>
    <message>
        <source>Nothing has been logged yet.</source>
        <translation>尚無記錄。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copy the log; folders are left out of it</source>
        <translation>複製記錄；不含資料夾名稱</translation>
    </message>
    <message>
        <source>Copied, without the names of folders.</source>
        <translation>已複製，不含資料夾名稱。</translation>
    </message>
</context>
<context>
    <name>LookUps</name>
    <message>
        <source>None of these {count} photos can be read. {why}</source>
        <translation>這 {count} 張照片都無法讀取。{why}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opening the catalogue {name}…</source>
        <translation>正在開啟商品目錄 {name}…</translation>
    </message>
    <message>
        <source>No catalogue is open.</source>
        <translation>未開啟商品目錄。</translation>
    </message>
    <message>
        <source>Getting ready for the first look-up…</source>
        <translation>正在為第一次查詢做準備…</translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation>就緒。</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在準備…</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>正在等候處理…</translation>
    </message>
    <message>
        <source>Looked up {name}.</source>
        <translation>已查詢 {name}。</translation>
    </message>
    <message>
        <source>Open a catalogue to look this photo up in it.</source>
        <translation>請開啟商品目錄，以便在其中查詢這張照片。</translation>
    </message>
    <message>
        <source>That could not be looked up.</source>
        <translation>無法查詢。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>{name} – BeautyFinder</source>
        <translation>{name} – BeautyFinder</translation>
    </message>
</context>
<context>
    <name>MethodPanel</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>建議</translation>
    </message>
    <message>
        <source>Paper&apos;s best</source>
        <translation>論文最佳</translation>
    </message>
    <message>
        <source>My own choice</source>
        <translation>自訂</translation>
    </message>
    <message>
        <source>Deep features</source>
        <translation>深度特徵</translation>
    </message>
    <message>
        <source>Local features</source>
        <translation>局部特徵</translation>
    </message>
    <message>
        <source>Words on the pack</source>
        <translation>包裝上的文字</translation>
    </message>
    <message>
        <source>None</source>
        <translation>無</translation>
    </message>
    <message>
        <source>SIFT matches (the paper&apos;s)</source>
        <translation>SIFT 相符點（論文的方法）</translation>
    </message>
    <message>
        <source>Verified matches</source>
        <translation>經驗證的相符點</translation>
    </message>
    <message>
        <source>All evidence</source>
        <translation>所有依據</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精確</translation>
    </message>
    <message>
        <source>HNSW (approximate)</source>
        <translation>HNSW（近似）</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>處理器</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>顯示卡 (CUDA)</translation>
    </message>
    <message>
        <source>Graphics (Apple)</source>
        <translation>圖形處理器 (Apple)</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>準備</translation>
    </message>
    <message>
        <source>Describing the photo</source>
        <translation>描述照片</translation>
    </message>
    <message>
        <source>Ranking the catalogue</source>
        <translation>商品目錄排名</translation>
    </message>
    <message>
        <source>Comparing details</source>
        <translation>比對細節</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>總計</translation>
    </message>
    <message>
        <source>Re-ranking: {method}</source>
        <translation>重新排序：{method}</translation>
    </message>
    <message>
        <source>{stage}: {ms} ms</source>
        <translation>{stage}：{ms} 毫秒</translation>
    </message>
    <message>
        <source>On: {device}</source>
        <translation>執行於：{device}</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>預設組合</translation>
    </message>
    <message>
        <source>Short-list from</source>
        <translation>候選清單來源</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>骨幹網路</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距離</translation>
    </message>
    <message>
        <source>Ranker</source>
        <translation>排名方式</translation>
    </message>
    <message>
        <source>Pictures in the short-list</source>
        <translation>候選清單中的圖片數</translation>
    </message>
    <message>
        <source>Re-ranking</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>Ratio of the matches</source>
        <translation>相符點的比值</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>裝置</translation>
    </message>
    <message>
        <source>The last look-up</source>
        <translation>上次查詢</translation>
    </message>
    <message>
        <source>The catalogue was not indexed with it.</source>
        <translation>商品目錄未以此建立索引。</translation>
    </message>
    <message>
        <source>The catalogue has no local features.</source>
        <translation>商品目錄沒有局部特徵。</translation>
    </message>
    <message>
        <source>No words were read in this catalogue.</source>
        <translation>這個商品目錄未讀取文字。</translation>
    </message>
    <message>
        <source>HNSW does not rank by it.</source>
        <translation>HNSW 無法以此排名。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>餘弦</translation>
    </message>
    <message>
        <source>Only the paper&apos;s SIFT matches use it.</source>
        <translation>只有論文的 SIFT 相符點會使用此項。</translation>
    </message>
    <message>
        <source>Open a catalogue to see what it can serve.</source>
        <translation>請開啟商品目錄，以查看可用的選項。</translation>
    </message>
</context>
<context>
    <name>NewCatalogueDialog</name>
    <message>
        <source>New catalogue</source>
        <translation>新增商品目錄</translation>
    </message>
    <message>
        <source>There is a catalogue of that name already. Choose another name, or add the pictures to that catalogue.</source>
        <translation>已有同名的商品目錄。請選擇其他名稱，或將圖片加入該商品目錄。</translation>
    </message>
    <message>
        <source>There is a folder of that name with other things in it. Choose another name.</source>
        <translation>已有同名的資料夾，且其中含有其他項目。請選擇其他名稱。</translation>
    </message>
    <message>
        <source>{name}  (no weights)</source>
        <translation>{name}  （無權重檔）</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>圖片資料夾</translation>
    </message>
    <message>
        <source>Catalogue CSV</source>
        <translation>商品目錄 CSV</translation>
    </message>
    <message>
        <source>Where to keep the catalogue</source>
        <translation>商品目錄的存放位置</translation>
    </message>
    <message>
        <source>Catalogue CSV (*.csv)</source>
        <translation>商品目錄 CSV (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有檔案 (*)</translation>
    </message>
    <message>
        <source>Choose a folder of product pictures or a catalogue CSV.</source>
        <translation>請選擇商品圖片資料夾或商品目錄 CSV。</translation>
    </message>
    <message>
        <source>Give the catalogue a name.</source>
        <translation>請為商品目錄命名。</translation>
    </message>
    <message>
        <source>A name cannot begin with a dot, nor contain any of {signs}</source>
        <translation>名稱不可以句點開頭，也不可包含下列任何字元：{signs}</translation>
    </message>
    <message>
        <source>Choose one pooling at least.</source>
        <translation>請至少選擇一種池化方式。</translation>
    </message>
    <message>
        <source>Counting the pictures…</source>
        <translation>正在計算圖片數量…</translation>
    </message>
    <message>
        <source>Kept in {folder}</source>
        <translation>存放於 {folder}</translation>
    </message>
    <message>
        <source>{count} pictures found</source>
        <translation>找到 {count} 張圖片</translation>
    </message>
    <message>
        <source>1 picture found</source>
        <translation>找到 1 張圖片</translation>
    </message>
    <message>
        <source>About {least} to {most}, and {small} to {large} on the disk. This is an estimate; it is built in the background.</source>
        <translation>約需 {least} 到 {most}，占用 {small} 到 {large} 的磁碟空間。以上為估計值；建立作業會在背景進行。</translation>
    </message>
    <message>
        <source>There may not be room enough: {free} are free there.</source>
        <translation>空間可能不足：該處可用空間為 {free}。</translation>
    </message>
    <message>
        <source>Build catalogue</source>
        <translation>建立商品目錄</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss the message</source>
        <translation>關閉訊息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>PhotoTools</name>
    <message>
        <source>Turn left</source>
        <translation>向左旋轉</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋轉</translation>
    </message>
    <message>
        <source>Remove box</source>
        <translation>移除方框</translation>
    </message>
    <message>
        <source>Look up the whole photo again (Escape)</source>
        <translation>重新查詢整張照片 (Escape)</translation>
    </message>
    <message>
        <source>Drag a box round the product</source>
        <translation>拖曳方框圈選商品</translation>
    </message>
    <message>
        <source>Where there is more than one thing in the photo, only what is in the box is looked up. With the keyboard: B, then arrows and Shift with arrows.</source>
        <translation>如果照片中不只一樣物品，只會查詢方框內的部分。使用鍵盤：按 B，再以方向鍵和 Shift + 方向鍵調整。</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Drop area for a photo</source>
        <translation>照片拖放區</translation>
    </message>
    <message>
        <source>Press Return to choose a photo file.</source>
        <translation>按 Return 鍵選擇照片檔。</translation>
    </message>
    <message>
        <source>Photo being looked up</source>
        <translation>查詢中的照片</translation>
    </message>
    <message>
        <source>Photo being looked up, with a box round the product</source>
        <translation>查詢中的照片，商品以方框圈選</translation>
    </message>
    <message>
        <source>Press B to put a box round the product.</source>
        <translation>按 B 鍵以方框圈選商品。</translation>
    </message>
    <message>
        <source>Arrows move the box, Shift and arrows resize it, Escape removes it.</source>
        <translation>以方向鍵移動方框，Shift + 方向鍵調整大小，Escape 鍵移除方框。</translation>
    </message>
    <message>
        <source>Let go to look it up</source>
        <translation>放開即可查詢</translation>
    </message>
    <message>
        <source>or paste one with Ctrl+V,
or click to choose a file</source>
        <translation>或按 Ctrl+V 貼上，
或按一下選擇檔案</translation>
    </message>
    <message>
        <source>Drop a photo here</source>
        <translation>將照片拖放到這裡</translation>
    </message>
</context>
<context>
    <name>PictureFetcher</name>
    <message>
        <source>“{address}” is not fetched: only https and http addresses are.</source>
        <translation>未擷取「{address}」：僅擷取 http 與 https 位址。</translation>
    </message>
    <message>
        <source>{host} sent no picture but “{kind}”. Save the picture and drop its file.</source>
        <translation>{host} 傳來的不是圖片，而是「{kind}」。請先儲存圖片，再拖放其檔案。</translation>
    </message>
    <message>
        <source>something unnamed</source>
        <translation>未標示類型的內容</translation>
    </message>
    <message>
        <source>What {host} sent is not a picture of a known kind. Save the picture and drop its file.</source>
        <translation>{host} 傳來的不是已知格式的圖片。請先儲存圖片，再拖放其檔案。</translation>
    </message>
    <message>
        <source>{host} redirects without end.</source>
        <translation>{host} 不斷重新導向。</translation>
    </message>
    <message>
        <source>{host} leads to an address that is not secure; it is not followed.</source>
        <translation>{host} 導向不安全的位址；未繼續前往。</translation>
    </message>
    <message>
        <source>The page at {host} shows no picture that can be fetched. Copy the picture itself.</source>
        <translation>{host} 的網頁上沒有可擷取的圖片。請複製圖片本身。</translation>
    </message>
    <message>
        <source>The picture is larger than {limit} MiB. Save it smaller and drop its file.</source>
        <translation>圖片超過 {limit} MiB。請將圖片縮小儲存，再拖放其檔案。</translation>
    </message>
    <message>
        <source>{host} took too long to send the picture. Try again, or save it first.</source>
        <translation>{host} 傳送圖片的時間過長。請再試一次，或先儲存圖片。</translation>
    </message>
    <message>
        <source>There is no host {host}. Check the address and the connection.</source>
        <translation>找不到主機 {host}。請檢查位址與網路連線。</translation>
    </message>
    <message>
        <source>{host} cannot prove that it is {host}: nothing is fetched from it.</source>
        <translation>{host} 無法證明其身分確為 {host}：不會從該處擷取任何內容。</translation>
    </message>
    <message>
        <source>{host} has no such picture (any more).</source>
        <translation>{host} 沒有這張圖片，或圖片已移除。</translation>
    </message>
    <message>
        <source>{host} does not give this picture away. Save it and drop its file.</source>
        <translation>{host} 不提供這張圖片。請先儲存圖片，再拖放其檔案。</translation>
    </message>
    <message>
        <source>{host} could not send the picture (error {status}). Try again later.</source>
        <translation>{host} 無法傳送圖片（錯誤 {status}）。請稍後再試。</translation>
    </message>
    <message>
        <source>The picture cannot be fetched from {host}: {reason}.</source>
        <translation>無法從 {host} 擷取圖片：{reason}。</translation>
    </message>
</context>
<context>
    <name>QueryPane</name>
    <message>
        <source>Your photo</source>
        <translation>您的照片</translation>
    </message>
    <message>
        <source>Nothing chosen yet</source>
        <translation>尚未選擇</translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation>開啟照片…</translation>
    </message>
    <message>
        <source>Choose one photo file or several (Ctrl+O)</source>
        <translation>選擇一個或多個照片檔 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼上</translation>
    </message>
    <message>
        <source>Look up the picture, file or address on the clipboard (Ctrl+V)</source>
        <translation>查詢剪貼簿中的圖片、檔案或位址 (Ctrl+V)</translation>
    </message>
    <message>
        <source>Photos looked up before</source>
        <translation>先前查詢過的照片</translation>
    </message>
    <message>
        <source>Recent photos</source>
        <translation>最近的照片</translation>
    </message>
    <message>
        <source>{name}  ·  {width} × {height}</source>
        <translation>{name}  ·  {width} × {height}</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>開啟照片</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>圖片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有檔案 (*)</translation>
    </message>
    <message>
        <source>That is a link, and fetching pictures from the web is switched off in the settings. Save the picture, then drop or paste it here.</source>
        <translation>這是連結，而設定中已關閉從網路擷取圖片的功能。請先儲存圖片，再將它拖放或貼上到這裡。</translation>
    </message>
    <message>
        <source>Looking for pictures in the folder…</source>
        <translation>正在尋找資料夾中的圖片…</translation>
    </message>
</context>
<context>
    <name>QueryStrip</name>
    <message>
        <source>Photos given at once</source>
        <translation>同時提供的照片</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Recent photos</source>
        <translation>最近的照片</translation>
    </message>
    <message>
        <source>No photo has been looked up yet</source>
        <translation>尚未查詢過照片</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清除清單</translation>
    </message>
</context>
<context>
    <name>ResultsBar</name>
    <message>
        <source>Filter</source>
        <translation>篩選</translation>
    </message>
    <message>
        <source>Filter the products by words</source>
        <translation>依文字篩選商品</translation>
    </message>
    <message>
        <source>Only products whose title, brand, id, description or found words contain this (Ctrl+F)</source>
        <translation>只顯示標題、品牌、編號、說明或找到的文字包含此內容的商品 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter the products by brand</source>
        <translation>依品牌篩選商品</translation>
    </message>
    <message>
        <source>Only products of one brand</source>
        <translation>只顯示單一品牌的商品</translation>
    </message>
    <message>
        <source>Save the products</source>
        <translation>儲存商品</translation>
    </message>
    <message>
        <source>Save the listed products as a table, a web page or a PDF</source>
        <translation>將列出的商品儲存為表格、網頁或 PDF</translation>
    </message>
    <message>
        <source>All brands</source>
        <translation>所有品牌</translation>
    </message>
    <message>
        <source>{brand} ({count})</source>
        <translation>{brand}（{count}）</translation>
    </message>
    <message>
        <source>{count} of {total} products</source>
        <translation>{count} 項商品，共 {total} 項</translation>
    </message>
    <message>
        <source>Best {count} only</source>
        <translation>只顯示前 {count} 項</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>顯示全部 {count} 項</translation>
    </message>
    <message>
        <source>&amp;Filter the products</source>
        <translation>篩選商品(&amp;F)</translation>
    </message>
    <message>
        <source>All products of the short-list, or the best (Ctrl+L)</source>
        <translation>候選清單中的所有商品，或只顯示最佳的商品 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Save as a &amp;table (CSV)…</source>
        <translation>儲存為表格 (CSV)(&amp;T)…</translation>
    </message>
    <message>
        <source>Save as a &amp;web page with pictures…</source>
        <translation>儲存為附圖片的網頁(&amp;W)…</translation>
    </message>
    <message>
        <source>Save as a &amp;PDF…</source>
        <translation>儲存為 PDF(&amp;P)…</translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>That catalogue cannot be opened</source>
        <translation>無法開啟該商品目錄</translation>
    </message>
    <message>
        <source>Open catalogue…</source>
        <translation>開啟商品目錄…</translation>
    </message>
    <message>
        <source>Which product is it?</source>
        <translation>這是哪一項商品？</translation>
    </message>
    <message>
        <source>Open a catalogue, then drop a photo of a product: the seven products most like it appear here, with the reasons why.</source>
        <translation>請開啟商品目錄，再拖放一張商品照片：最相似的七項商品會顯示在這裡，並附上理由。</translation>
    </message>
    <message>
        <source>Ready when you are</source>
        <translation>準備就緒</translation>
    </message>
    <message>
        <source>Drop a photo anywhere in this window. It is compared with {count} products, and the seven most like it appear here.</source>
        <translation>將照片拖放到此視窗的任何位置。系統會與 {count} 項商品比對，最相似的七項會顯示在這裡。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>This photo was not looked up.</source>
        <translation>這張照片沒有查詢。</translation>
    </message>
    <message>
        <source>Look up again</source>
        <translation>重新查詢</translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation>正在查詢…</translation>
    </message>
    <message>
        <source>First candidates: the order may change</source>
        <translation>初步候選商品：順序可能變動</translation>
    </message>
    <message>
        <source>Comparing details with the best candidates…</source>
        <translation>正在與最佳候選商品比對細節…</translation>
    </message>
    <message>
        <source>This catalogue has no picture that can be compared.</source>
        <translation>這個商品目錄沒有可比對的圖片。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到結果</translation>
    </message>
    <message>
        <source>The look-up did not work</source>
        <translation>查詢失敗</translation>
    </message>
    <message>
        <source>Stopped: only first candidates</source>
        <translation>已停止：只有初步候選商品</translation>
    </message>
    <message>
        <source>Their details were not compared with the photo.</source>
        <translation>尚未與照片比對細節。</translation>
    </message>
    <message>
        <source>It is {name}</source>
        <translation>這是 {name}</translation>
    </message>
    <message>
        <source>Probably not in this catalogue</source>
        <translation>可能不在這個商品目錄中</translation>
    </message>
    <message>
        <source>These come closest, but none agrees well with the photo.</source>
        <translation>以下最為接近，但都與照片不甚相符。</translation>
    </message>
    <message>
        <source>Closest: {name}</source>
        <translation>最接近：{name}</translation>
    </message>
    <message>
        <source>Likely one of these: please compare</source>
        <translation>可能是其中之一：請自行比較</translation>
    </message>
    <message>
        <source>No product fits</source>
        <translation>沒有符合的商品</translation>
    </message>
    <message>
        <source>None of the {count} products found has that brand and these words.</source>
        <translation>找到的 {count} 項商品中，沒有符合該品牌與這些文字的商品。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除篩選條件</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>還原預設值</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>鍵盤快速鍵</translation>
    </message>
    <message>
        <source>In the photo: begin a box</source>
        <translation>照片中：開始繪製方框</translation>
    </message>
    <message>
        <source>In the photo: move the box</source>
        <translation>照片中：移動方框</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>方向鍵</translation>
    </message>
    <message>
        <source>In the photo: change the box&apos;s size</source>
        <translation>照片中：調整方框大小</translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation>Shift + 方向鍵</translation>
    </message>
    <message>
        <source>In the photo: remove the box</source>
        <translation>照片中：移除方框</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Among several photos: the one before, the next</source>
        <translation>多張照片中：上一張、下一張</translation>
    </message>
    <message>
        <source>Among the hits: go to another</source>
        <translation>結果中：移至其他結果</translation>
    </message>
    <message>
        <source>Among the hits: details</source>
        <translation>結果中：詳細資料</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>Among the hits: menu</source>
        <translation>結果中：選單</translation>
    </message>
    <message>
        <source>Shift+F10</source>
        <translation>Shift+F10</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>{name}  ·  {count} pictures</source>
        <translation>{name}  ·  {count} 張圖片</translation>
    </message>
    <message>
        <source>{name}  ·  1 picture</source>
        <translation>{name}  ·  1 張圖片</translation>
    </message>
    <message>
        <source>Device: {device}</source>
        <translation>裝置：{device}</translation>
    </message>
    <message>
        <source>open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>describe</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>re-rank</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>{stage} {ms} ms</source>
        <translation>{stage} {ms} 毫秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>StoreList</name>
    <message>
        <source>Known catalogues</source>
        <translation>已知的商品目錄</translation>
    </message>
</context>
<context>
    <name>StripModel</name>
    <message>
        <source>Waiting</source>
        <translation>等候中</translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation>正在查詢…</translation>
    </message>
    <message>
        <source>It could not be looked up.</source>
        <translation>無法查詢。</translation>
    </message>
    <message>
        <source>Probably not in this catalogue; closest: {title}</source>
        <translation>可能不在這個商品目錄中；最接近：{title}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到結果</translation>
    </message>
    <message>
        <source>Probably not in this catalogue</source>
        <translation>可能不在這個商品目錄中</translation>
    </message>
</context>
<context>
    <name>UnfinishedBar</name>
    <message>
        <source>Go on</source>
        <translation>繼續進行</translation>
    </message>
    <message>
        <source>What was done already is not computed again</source>
        <translation>已完成的部分不會重新計算</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>不再提醒</translation>
    </message>
    <message>
        <source>Do not ask again; what was done so far is kept</source>
        <translation>不再詢問；目前完成的部分會保留</translation>
    </message>
    <message>
        <source>Not finished yet: {names}</source>
        <translation>尚未完成：{names}</translation>
    </message>
</context>
<context>
    <name>Wishes</name>
    <message>
        <source>Looked up earlier: {name}.</source>
        <translation>先前的查詢：{name}。</translation>
    </message>
    <message>
        <source>That could not be noted: the photo is no longer at hand. Look it up again.</source>
        <translation>無法記下這項判斷：相片已不在。請再查詢一次。</translation>
    </message>
    <message>
        <source>No catalogue is open.</source>
        <translation>未開啟商品目錄。</translation>
    </message>
    <message>
        <source>The sample catalogue is ready: it is in the list of catalogues.</source>
        <translation>範例商品目錄已就緒：可在商品目錄清單中找到。</translation>
    </message>
</context>
<context>
    <name>_Delegate</name>
    <message>
        <source>open</source>
        <translation>已開啟</translation>
    </message>
</context>
<context>
    <name>_Failures</name>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>複製清單</translation>
    </message>
    <message>
        <source>What failed and why</source>
        <translation>失敗的項目與原因</translation>
    </message>
    <message>
        <source>{count} remarks</source>
        <translation>{count} 則備註</translation>
    </message>
    <message>
        <source>1 remark</source>
        <translation>1 則備註</translation>
    </message>
</context>
<context>
    <name>_Making</name>
    <message>
        <source>Progress</source>
        <translation>進度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Step 1 of 2: drawing the products</source>
        <translation>步驟 1（共 2 步）：繪製商品</translation>
    </message>
    <message>
        <source>Step 2 of 2: looking at every picture</source>
        <translation>步驟 2（共 2 步）：分析每張圖片</translation>
    </message>
    <message>
        <source>The sample catalogue</source>
        <translation>範例商品目錄</translation>
    </message>
</context>
<context>
    <name>_Model</name>
    <message>
        <source>Looking…</source>
        <translation>正在讀取…</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 張圖片</translation>
    </message>
    <message>
        <source>{count} products</source>
        <translation>{count} 項商品</translation>
    </message>
    <message>
        <source>{count} unreadable</source>
        <translation>{count} 張無法讀取</translation>
    </message>
    <message>
        <source>changed {day}</source>
        <translation>{day} 變更</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation>檔案(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>照片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>結果(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>檢視(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>說明(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Open photos…</source>
        <translation>開啟照片(&amp;O)…</translation>
    </message>
    <message>
        <source>Choose photos to look up</source>
        <translation>選擇要查詢的照片</translation>
    </message>
    <message>
        <source>&amp;Paste photo</source>
        <translation>貼上照片(&amp;P)</translation>
    </message>
    <message>
        <source>Look up the picture on the clipboard</source>
        <translation>查詢剪貼簿中的圖片</translation>
    </message>
    <message>
        <source>&amp;New catalogue…</source>
        <translation>新增商品目錄(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Catalogues…</source>
        <translation>商品目錄(&amp;C)…</translation>
    </message>
    <message>
        <source>Build, update, check and switch among catalogues</source>
        <translation>建立、更新、檢查與切換商品目錄</translation>
    </message>
    <message>
        <source>Open &amp;catalogue store…</source>
        <translation>開啟商品目錄(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>歷史紀錄(&amp;H)…</translation>
    </message>
    <message>
        <source>Earlier look-ups</source>
        <translation>先前的查詢</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>設定(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>結束(&amp;Q)</translation>
    </message>
    <message>
        <source>Turn &amp;left</source>
        <translation>向左旋轉(&amp;L)</translation>
    </message>
    <message>
        <source>Turn &amp;right</source>
        <translation>向右旋轉(&amp;R)</translation>
    </message>
    <message>
        <source>Look up the &amp;whole photo</source>
        <translation>查詢整張照片(&amp;W)</translation>
    </message>
    <message>
        <source>Look up &amp;again</source>
        <translation>再次查詢(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Stop the look-up</source>
        <translation>停止查詢(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Details of the hit…</source>
        <translation>結果詳細資料(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Filter hits</source>
        <translation>篩選結果(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole &amp;short-list</source>
        <translation>顯示完整候選清單(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Export hits…</source>
        <translation>匯出結果(&amp;E)…</translation>
    </message>
    <message>
        <source>Save the hits as a table, a sheet with pictures, or PDF</source>
        <translation>將結果儲存為表格、附圖片的網頁或 PDF</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>方法(&amp;M)</translation>
    </message>
    <message>
        <source>Choose how photos are looked up</source>
        <translation>選擇查詢照片的方式</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>記錄(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>鍵盤快速鍵(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;About BeautyFinder</source>
        <translation>關於 BeautyFinder(&amp;A)</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>工具列</translation>
    </message>
</context>
<context>
    <name>preferences</name>
    <message>
        <source>Window</source>
        <translation>視窗</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隱私權</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>與桌面相同</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外觀</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Open the last catalogue at the start</source>
        <translation>啟動時開啟上次的商品目錄</translation>
    </message>
    <message>
        <source>Fetch pictures that links point to</source>
        <translation>擷取連結所指的圖片</translation>
    </message>
    <message>
        <source>When a link is dropped or pasted, its picture is fetched from the web. Nothing else is ever sent or fetched, and photos never leave this computer.</source>
        <translation>拖放或貼上連結時，會從網路擷取其圖片。除此之外不會傳送或擷取任何內容，照片也絕不會離開這部電腦。</translation>
    </message>
    <message>
        <source>Keep a history of look-ups</source>
        <translation>保留查詢歷史紀錄</translation>
    </message>
    <message>
        <source>Photos and hits are kept on this computer until they are erased.</source>
        <translation>照片與結果會保留在這部電腦上，直到清除為止。</translation>
    </message>
</context>
</TS>
