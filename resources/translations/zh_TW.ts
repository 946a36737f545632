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
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{percent} % done</source>
        <translation>已完成 {percent} %</translation>
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
        <source>under 1 % sure</source>
        <translation>把握不到 1 %</translation>
    </message>
    <message>
        <source>over 99 % sure</source>
        <translation>把握超過 99 %</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>{percent} % 的把握</translation>
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
    <message>
        <source>The camera needs the system library {library}, which is not installed (Debian and Ubuntu: the package libpulse0). Install it, then start BeautyFinder again.</source>
        <translation>相機需要系統程式庫 {library}，但尚未安裝（Debian 與 Ubuntu：套件 libpulse0）。請先安裝，再重新啟動 BeautyFinder。</translation>
    </message>
    <message>
        <source>The camera needs Qt Multimedia, which cannot be loaded: {what}. Install what is missing, then start BeautyFinder again.</source>
        <translation>相機需要 Qt Multimedia，但無法載入：{what}。請安裝缺少的項目，再重新啟動 BeautyFinder。</translation>
    </message>
    <message>
        <source>class token</source>
        <translation>類別標記</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>餘弦</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>SIFT</source>
        <translation>SIFT</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>經驗證</translation>
    </message>
    <message>
        <source>hybrid</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Without re-ranking</source>
        <translation>不重新排序</translation>
    </message>
    <message>
        <source>With SIFT re-ranking</source>
        <translation>以 SIFT 重新排序</translation>
    </message>
    <message>
        <source>With verified matches</source>
        <translation>以經驗證的相符點重新排序</translation>
    </message>
    <message>
        <source>With all evidence (hybrid)</source>
        <translation>以所有依據重新排序（混合）</translation>
    </message>
    <message>
        <source>There is no picture of {name} any more. {why}</source>
        <translation>已沒有 {name} 的圖片。{why}</translation>
    </message>
    <message>
        <source>The picture {file} is another one now. Update the catalogue.</source>
        <translation>圖片 {file} 已換成另一張。請更新商品目錄。</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>比對</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Check for &amp;updates…</source>
        <translation>檢查更新(&amp;U)…</translation>
    </message>
    <message>
        <source>Ask once whether there is a newer version</source>
        <translation>查詢一次是否有較新的版本</translation>
    </message>
    <message>
        <source>This build does not know where newer versions are told</source>
        <translation>此版本不知道該向何處查詢新版本</translation>
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
    <name>Camera</name>
    <message>
        <source>Open a video</source>
        <translation>開啟影片</translation>
    </message>
    <message>
        <source>Videos ({patterns})</source>
        <translation>影片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有檔案 (*)</translation>
    </message>
    <message>
        <source>{camera}, {time}</source>
        <translation>{camera}，{time}</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相機</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>Camera</source>
        <translation>相機</translation>
    </message>
    <message>
        <source>Close the camera</source>
        <translation>關閉相機</translation>
    </message>
    <message>
        <source>Close the camera (Escape)</source>
        <translation>關閉相機 (Escape)</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>鏡像</translation>
    </message>
    <message>
        <source>Show the picture as a mirror does. Photos and look-ups are never mirrored.</source>
        <translation>像鏡子一樣左右翻轉顯示畫面。拍照與查詢一律不會翻轉。</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>How long to wait before the photo is taken</source>
        <translation>拍照前等候的時間</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>倒數計時</translation>
    </message>
    <message>
        <source>Look up live what I hold up</source>
        <translation>即時查詢鏡頭前的商品</translation>
    </message>
    <message>
        <source>Live, a quick method is used: no words are read, and only the best 40 candidates are compared in detail. A photo is looked up in full.</source>
        <translation>即時查詢使用快速的方法：不讀取文字，且只比對前 40 名候選商品的細節。拍下的照片則會完整查詢。</translation>
    </message>
    <message>
        <source>Which camera</source>
        <translation>選擇相機</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>解析度</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>沒有相機</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>the camera</source>
        <translation>相機</translation>
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
    <name>CellsModel</name>
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
        <source>Re-ranking</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>mAP@7</source>
        <translation>mAP@7</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>challenge&apos;s</source>
        <translation>競賽版</translation>
    </message>
    <message>
        <source>first right</source>
        <translation>首位正確</translation>
    </message>
    <message>
        <source>short-listed</source>
        <translation>列入候選</translation>
    </message>
    <message>
        <source>ms/photo</source>
        <translation>毫秒/張</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>論文</translation>
    </message>
    <message>
        <source>Mean average precision of the best seven, over all right answers</source>
        <translation>前七名的平均精確度均值 (mAP)，以所有正確答案計算</translation>
    </message>
    <message>
        <source>Where the mean lies with 95 % probability</source>
        <translation>平均值有 95 % 的機率落在此範圍</translation>
    </message>
    <message>
        <source>mAP@7 over the right answers among the seven</source>
        <translation>mAP@7，以前七名中的正確答案計算</translation>
    </message>
    <message>
        <source>Share of photos whose first hit is right</source>
        <translation>第一項結果正確的照片比例</translation>
    </message>
    <message>
        <source>Share of photos with a right answer in the short-list</source>
        <translation>候選清單中有正確答案的照片比例</translation>
    </message>
    <message>
        <source>What the paper published, on its own data</source>
        <translation>論文發表的數值，以論文自己的資料測得</translation>
    </message>
    <message>
        <source>{value}, the best</source>
        <translation>{value}，最佳</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Fade</source>
        <translation>淡化</translation>
    </message>
    <message>
        <source>The photo over the catalogue&apos;s picture; the slider fades it. Space: one or the other</source>
        <translation>照片疊在商品目錄的圖片上，以滑桿淡化照片。空白鍵：在兩者之間切換</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>The photo up to the divider, the catalogue&apos;s picture beyond it: drag it</source>
        <translation>分隔線之前是照片，之後是商品目錄的圖片：可拖曳分隔線</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>閃爍</translation>
    </message>
    <message>
        <source>One after the other at the same place: what jumps is different</source>
        <translation>在同一位置輪流顯示兩者：跳動之處就是差異</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差異</translation>
    </message>
    <message>
        <source>How much the colours differ, the light taken off</source>
        <translation>顏色差異的程度，已扣除光線的影響</translation>
    </message>
    <message>
        <source>How much of the photo is seen</source>
        <translation>照片顯示的比例</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Photo over catalogue picture</source>
        <translation>照片疊在商品目錄的圖片上</translation>
    </message>
    <message>
        <source>Your photo</source>
        <translation>您的照片</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>商品目錄</translation>
    </message>
    <message>
        <source>Your photo, {share} %</source>
        <translation>您的照片，{share} %</translation>
    </message>
    <message>
        <source>Difference in colour: dark is alike, bright is unlike, grey is not compared</source>
        <translation>顏色差異：暗處相似，亮處不同，灰色處未比較</translation>
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
    <name>EvaluationForm</name>
    <message>
        <source>CSV with image,product_id – or drop it here</source>
        <translation>含 image,product_id 欄位的 CSV，也可拖放到這裡</translation>
    </message>
    <message>
        <source>CSV of labelled photos</source>
        <translation>已標記照片的 CSV</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選擇…</translation>
    </message>
    <message>
        <source>Short-list</source>
        <translation>候選清單</translation>
    </message>
    <message>
        <source>deep descriptors, as in the paper</source>
        <translation>深度特徵，與論文相同</translation>
    </message>
    <message>
        <source>descriptors, details and words</source>
        <translation>深度特徵、細節與文字</translation>
    </message>
    <message>
        <source>descriptors and details</source>
        <translation>深度特徵與細節</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>How many of the photos</source>
        <translation>使用的照片數量</translation>
    </message>
    <message>
        <source>Only so many of the photos, evenly spread; 0 for all</source>
        <translation>只從照片中平均選取這個數量；0 表示全部</translation>
    </message>
    <message>
        <source>Choose the CSV that says which photo shows which product.</source>
        <translation>請選擇記載每張照片是哪項商品的 CSV。</translation>
    </message>
    <message>
        <source>Tick at least one pooling.</source>
        <translation>請至少勾選一種池化方式。</translation>
    </message>
    <message>
        <source>Tick at least one distance.</source>
        <translation>請至少勾選一種距離。</translation>
    </message>
    <message>
        <source>Tick at least one re-ranking.</source>
        <translation>請至少勾選一種重新排序方式。</translation>
    </message>
    <message>
        <source>Labelled photos</source>
        <translation>已標記的照片</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有檔案 (*)</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>數量</translation>
    </message>
    <message>
        <source>Poolings</source>
        <translation>池化方式</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>距離</translation>
    </message>
    <message>
        <source>Re-rankings</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>Short-list from</source>
        <translation>候選清單來源</translation>
    </message>
</context>
<context>
    <name>EvaluationRunner</name>
    <message>
        <source>The evaluation was ended from outside or for want of memory. Try again with fewer photos or methods.</source>
        <translation>評估被外部終止，或因記憶體不足而結束。請減少照片或方法，再試一次。</translation>
    </message>
    <message>
        <source>The evaluation ended unexpectedly. Try again; the log may say why.</source>
        <translation>評估意外結束。請再試一次；記錄中可能有原因。</translation>
    </message>
</context>
<context>
    <name>EvaluationWindow</name>
    <message>
        <source>Evaluate</source>
        <translation>評估</translation>
    </message>
    <message>
        <source>no catalogue is open</source>
        <translation>未開啟</translation>
    </message>
    <message>
        <source>Catalogue: {name}</source>
        <translation>商品目錄：{name}</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>儲存報告</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>網頁 (*.html)</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>儲存表格</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>儲存數據</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已儲存為 {file}。</translation>
    </message>
    <message>
        <source>Reading the results…</source>
        <translation>正在讀取結果…</translation>
    </message>
    <message>
        <source>{photos} photos by {methods} methods in {duration}.</source>
        <translation>以 {methods} 種方法查詢 {photos} 張照片，耗時 {duration}。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Open a catalogue first.</source>
        <translation>請先開啟商品目錄。</translation>
    </message>
    <message>
        <source>How good is each method here?</source>
        <translation>各種方法在這裡的表現如何？</translation>
    </message>
    <message>
        <source>Photos whose products you know are looked up by every method ticked above. The table is laid out as the paper&apos;s, and every photo can be looked at.</source>
        <translation>以上方勾選的每種方法，查詢已知商品的照片。表格依論文的格式編排，每張照片都可以檢視。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進度</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>開啟報告</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>儲存報告…</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <translation>儲存 CSV…</translation>
    </message>
    <message>
        <source>Save JSON…</source>
        <translation>儲存 JSON…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
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
    <name>FactsPanel</name>
    <message>
        <source>Open product page</source>
        <translation>開啟商品網頁</translation>
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
        <source>Picture</source>
        <translation>圖片</translation>
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
    <name>HitHeader</name>
    <message>
        <source>Previous hit (Page up, or [)</source>
        <translation>上一項結果（Page Up 或 [）</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一項結果</translation>
    </message>
    <message>
        <source>Next hit (Page down, or ])</source>
        <translation>下一項結果（Page Down 或 ]）</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一項結果</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Copy the matched pair as a picture (Ctrl+C)</source>
        <translation>將比對的兩張圖片複製成一張圖片 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Save the matched pair as a picture at full resolution (Ctrl+S)</source>
        <translation>以完整解析度將比對的兩張圖片儲存成一張圖片 (Ctrl+S)</translation>
    </message>
    <message>
        <source>PNG picture…</source>
        <translation>PNG 圖片…</translation>
    </message>
    <message>
        <source>SVG drawing…</source>
        <translation>SVG 向量圖…</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>相符點</translation>
    </message>
    <message>
        <source>Matching details, side by side (M)</source>
        <translation>並排顯示相符的細節 (M)</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>The photo over the catalogue&apos;s picture (C)</source>
        <translation>將照片疊在商品目錄的圖片上 (C)</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} / {count}</translation>
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
    <name>InspectorWindow</name>
    <message>
        <source>Your photo</source>
        <translation>您的照片</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>商品目錄</translation>
    </message>
    <message>
        <source>Matching…</source>
        <translation>正在比對…</translation>
    </message>
    <message>
        <source>No matching details</source>
        <translation>沒有相符的細節</translation>
    </message>
    <message>
        <source>Laying the photo over the catalogue&apos;s picture…</source>
        <translation>正在將照片疊到商品目錄的圖片上…</translation>
    </message>
    <message>
        <source>Too few details agree to lay the photo over this picture.</source>
        <translation>相符的細節太少，無法將照片疊到這張圖片上。</translation>
    </message>
    <message>
        <source>{what}, {width} × {height}</source>
        <translation>{what}，{width} × {height}</translation>
    </message>
    <message>
        <source>The file {file} cannot be read: this is the small picture that the catalogue kept.</source>
        <translation>無法讀取檔案 {file}：這是商品目錄保留的小圖。</translation>
    </message>
    <message>
        <source>The file {file} is another picture now: this is the small one that the catalogue kept. Update the catalogue.</source>
        <translation>檔案 {file} 已換成另一張圖片：這是商品目錄保留的小圖。請更新商品目錄。</translation>
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
    <name>LiveLookUp</name>
    <message>
        <source>Camera</source>
        <translation>相機</translation>
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
    <name>MatchBar</name>
    <message>
        <source>Verified</source>
        <translation>經驗證</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>論文</translation>
    </message>
    <message>
        <source>Matching rule</source>
        <translation>比對規則</translation>
    </message>
    <message>
        <source>Verified: RootSIFT, mutual nearest neighbours, homography.
Paper: SIFT, the nearest neighbour by FLANN, as in Tang, Huang and Fuh.</source>
        <translation>經驗證：RootSIFT、互為最近鄰、單應性矩陣。
論文：SIFT，以 FLANN 尋找最近鄰，同 Tang、Huang 與 Fuh 的論文。</translation>
    </message>
    <message>
        <source>Ratio of distances</source>
        <translation>距離的比值</translation>
    </message>
    <message>
        <source>Ratio test: a match&apos;s nearest keypoint may be at most this much of the second nearest&apos;s distance away. Lower is stricter.</source>
        <translation>比值檢驗：與最近關鍵點的距離除以與次近關鍵點的距離，不得超過此值才算相符。數值越低越嚴格。</translation>
    </message>
    <message>
        <source>Back to the look-up&apos;s own ratio</source>
        <translation>還原為查詢時的比值</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>Agreeing</source>
        <translation>位置一致</translation>
    </message>
    <message>
        <source>Inliers: matches that agree on where the product lies (I)</source>
        <translation>內點：對商品位置看法一致的相符點 (I)</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>位置不符</translation>
    </message>
    <message>
        <source>Outliers: matches that lie somewhere else (O)</source>
        <translation>外點：落在其他位置的相符點 (O)</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Nearest neighbours that the ratio test or the mutual test refused (J)</source>
        <translation>未通過比值檢驗或互為最近鄰檢驗的最近鄰 (J)</translation>
    </message>
    <message>
        <source>Ratio {ratio}; press for the look-up&apos;s own</source>
        <translation>比值 {ratio}；按下可還原為查詢時的比值</translation>
    </message>
</context>
<context>
    <name>MatchCanvas</name>
    <message>
        <source>Photo and catalogue picture</source>
        <translation>照片與商品目錄的圖片</translation>
    </message>
    <message>
        <source>N and P step through the matching details, arrows move the pictures, plus and minus zoom, 0 shows them whole, 1 shows actual pixels.</source>
        <translation>N 與 P 鍵逐一檢視相符的細節，方向鍵移動圖片，加號與減號鍵縮放，0 鍵顯示完整圖片，1 鍵顯示實際像素。</translation>
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
    <name>PairExporter</name>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 圖片 (*.png)</translation>
    </message>
    <message>
        <source>SVG drawings (*.svg)</source>
        <translation>SVG 向量圖 (*.svg)</translation>
    </message>
    <message>
        <source>Save the matched pair</source>
        <translation>儲存比對的圖片</translation>
    </message>
    <message>
        <source>Saving {file}…</source>
        <translation>正在儲存 {file}…</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>正在複製…</translation>
    </message>
    <message>
        <source>Copied the picture to the clipboard.</source>
        <translation>已將圖片複製到剪貼簿。</translation>
    </message>
    <message>
        <source>Saved {file}.</source>
        <translation>已儲存 {file}。</translation>
    </message>
</context>
<context>
    <name>PairPanel</name>
    <message>
        <source>Point at a line or a keypoint, or step through them with N and P.</source>
        <translation>請將指標移到連線或關鍵點上，或按 N 與 P 鍵逐一檢視。</translation>
    </message>
    <message>
        <source>In your photo</source>
        <translation>在您的照片中</translation>
    </message>
    <message>
        <source>In the catalogue</source>
        <translation>在商品目錄中</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>相符點</translation>
    </message>
    <message>
        <source>Keypoints of the catalogue&apos;s picture whose nearest in the photo is clearly nearer than the second nearest (ratio test).</source>
        <translation>商品目錄圖片的關鍵點中，照片裡最近的關鍵點明顯比次近者更近的數量（比值檢驗）。</translation>
    </message>
    <message>
        <source>Agreeing</source>
        <translation>位置一致</translation>
    </message>
    <message>
        <source>Inliers: matches that agree on where the product lies in the photo.</source>
        <translation>內點：對商品在照片中的位置看法一致的相符點。</translation>
    </message>
    <message>
        <source>at different places</source>
        <translation>不同位置</translation>
    </message>
    <message>
        <source>What counts as matching details: of several inliers at one place, only one.</source>
        <translation>計為相符細節的數量：同一位置的多個內點只計一個。</translation>
    </message>
    <message>
        <source>Keypoints, photo</source>
        <translation>關鍵點（照片）</translation>
    </message>
    <message>
        <source>SIFT keypoints of the photo.</source>
        <translation>照片的 SIFT 關鍵點。</translation>
    </message>
    <message>
        <source>Keypoints, catalogue</source>
        <translation>關鍵點（商品目錄）</translation>
    </message>
    <message>
        <source>SIFT keypoints of the catalogue&apos;s picture.</source>
        <translation>商品目錄圖片的 SIFT 關鍵點。</translation>
    </message>
    <message>
        <source>{error} px</source>
        <translation>{error} 像素</translation>
    </message>
    <message>
        <source>Reprojection error</source>
        <translation>重投影誤差</translation>
    </message>
    <message>
        <source>Root mean square distance of the inliers from where the homography puts them, in pixels of the photo. Four places always fit.</source>
        <translation>內點與單應性矩陣所推算位置的均方根距離，以照片的像素計。只有四處時必定吻合。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>縮放比例</translation>
    </message>
    <message>
        <source>{scale} ×</source>
        <translation>{scale} ×</translation>
    </message>
    <message>
        <source>Pixels of the photo for one of the catalogue&apos;s picture.</source>
        <translation>商品目錄圖片的 1 個像素對應照片的像素數。</translation>
    </message>
    <message>
        <source>Turned by</source>
        <translation>旋轉角度</translation>
    </message>
    <message>
        <source>{angle}°</source>
        <translation>{angle}°</translation>
    </message>
    <message>
        <source>Clockwise, in the photo.</source>
        <translation>在照片中，以順時針方向計。</translation>
    </message>
    <message>
        <source>Found where expected</source>
        <translation>在預期位置找到</translation>
    </message>
    <message>
        <source>{found} of {all}</source>
        <translation>{found} / {all}</translation>
    </message>
    <message>
        <source>Guided matching: keypoints of the catalogue&apos;s picture that find their like where the homography puts them in the photo.</source>
        <translation>引導式比對：商品目錄圖片的關鍵點中，在單應性矩陣推算的照片位置上找到相似者的數量。</translation>
    </message>
    <message>
        <source>This matching detail</source>
        <translation>這處相符的細節</translation>
    </message>
    <message>
        <source>The clearest matching detail</source>
        <translation>最明確的相符細節</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距離</translation>
    </message>
    <message>
        <source>Of the two descriptors; the second nearest is at {second}.</source>
        <translation>兩個描述子之間的距離；次近者的距離為 {second}。</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>{ratio} (at most {most})</source>
        <translation>{ratio}（最多 {most}）</translation>
    </message>
    <message>
        <source>Nearest to second nearest distance: the lower, the clearer.</source>
        <translation>最近距離與次近距離的比值：越低越明確。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>{photo} and {picture} px</source>
        <translation>{photo} 與 {picture} 像素</translation>
    </message>
    <message>
        <source>Diameters of the keypoints in the photo and in the catalogue&apos;s picture.</source>
        <translation>關鍵點在照片與商品目錄圖片中的直徑。</translation>
    </message>
    <message>
        <source>The photo&apos;s keypoint against the catalogue&apos;s, clockwise.</source>
        <translation>照片的關鍵點相對於商品目錄的關鍵點，以順時針方向計。</translation>
    </message>
    <message>
        <source>From where the homography puts the keypoint, in the photo&apos;s pixels.</source>
        <translation>與單應性矩陣推算的關鍵點位置之間的距離，以照片的像素計。</translation>
    </message>
    <message>
        <source>agrees (inlier)</source>
        <translation>位置一致（內點）</translation>
    </message>
    <message>
        <source>elsewhere (outlier)</source>
        <translation>位置不符（外點）</translation>
    </message>
    <message>
        <source>not mutual (rejected)</source>
        <translation>並非互為最近鄰（已排除）</translation>
    </message>
    <message>
        <source>not clear (rejected)</source>
        <translation>不夠明確（已排除）</translation>
    </message>
</context>
<context>
    <name>Patch</name>
    <message>
        <source>{name}: the keypoint&apos;s surroundings at its scale, turned so that its orientation points to the right. The grid is the descriptor&apos;s.</source>
        <translation>{name}：依關鍵點的尺度顯示其周圍，並旋轉使其方向朝右。格線為描述子的分格。</translation>
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
    <name>Preview</name>
    <message>
        <source>Camera picture</source>
        <translation>相機畫面</translation>
    </message>
</context>
<context>
    <name>QueriesModel</name>
    <message>
        <source>{name}
AP {precision}</source>
        <translation>{name}
AP {precision}</translation>
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
    <name>ResultsPage</name>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>由最差排起</translation>
    </message>
    <message>
        <source>Gained most by re-ranking</source>
        <translation>重新排序後進步最多</translation>
    </message>
    <message>
        <source>As listed</source>
        <translation>依清單順序</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>照片的順序</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
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
        <source>Closest now: {name}</source>
        <translation>目前最接近：{name}</translation>
    </message>
    <message>
        <source>Live: what the camera sees</source>
        <translation>即時：相機拍到的商品</translation>
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
    <name>Shutter</name>
    <message>
        <source>Stop the countdown</source>
        <translation>停止倒數計時</translation>
    </message>
    <message>
        <source>Stop the countdown (Escape)</source>
        <translation>停止倒數計時 (Escape)</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Take a photo and look it up in full (Space)</source>
        <translation>拍照並完整查詢（空白鍵）</translation>
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
    <name>StripRow</name>
    <message>
        <source>{name} (right)</source>
        <translation>{name}（正確）</translation>
    </message>
    <message>
        <source>{method}, AP@7 {precision}: {names}</source>
        <translation>{method}，AP@7 {precision}：{names}</translation>
    </message>
    <message>
        <source>AP {number}</source>
        <translation>AP {number}</translation>
    </message>
</context>
<context>
    <name>StripsView</name>
    <message>
        <source>The best seven of each method</source>
        <translation>各方法的前七名</translation>
    </message>
    <message>
        <source>The photo {name}</source>
        <translation>照片 {name}</translation>
    </message>
    <message>
        <source>1 right answer in the catalogue</source>
        <translation>商品目錄中有 1 個正確答案</translation>
    </message>
    <message>
        <source>{count} right answers in the catalogue</source>
        <translation>商品目錄中有 {count} 個正確答案</translation>
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
    <name>UpdateDialog</name>
    <message>
        <source>Check for updates</source>
        <translation>檢查更新</translation>
    </message>
    <message>
        <source>Asking for the newest version…</source>
        <translation>正在查詢最新版本…</translation>
    </message>
    <message>
        <source>You have {version}.</source>
        <translation>目前版本為 {version}。</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>開啟網頁</translation>
    </message>
    <message>
        <source>BeautyFinder is up to date</source>
        <translation>BeautyFinder 已是最新版本</translation>
    </message>
    <message>
        <source>BeautyFinder {version} is there</source>
        <translation>BeautyFinder {version} 已推出</translation>
    </message>
    <message>
        <source>You have {version}. Your catalogues, history and settings stay as they are.</source>
        <translation>目前版本為 {version}。您的商品目錄、紀錄和設定都會維持原狀。</translation>
    </message>
    <message>
        <source>That could not be found out</source>
        <translation>無法得知</translation>
    </message>
</context>
<context>
    <name>VideoFileSource</name>
    <message>
        <source>there is no such file</source>
        <translation>找不到這個檔案</translation>
    </message>
    <message>
        <source>it has no pictures</source>
        <translation>其中沒有畫面</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>Moving one picture moves the other to the same part of the product, at the same size (L). Where the product was not found in the photo: to the same share of it.</source>
        <translation>移動一張圖片時，另一張會以相同大小移至商品的同一部位 (L)。若照片中未找到商品，則移至相同比例的位置。</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>連動</translation>
    </message>
    <message>
        <source>Draw a rectangle on the photo: only matches inside it count (R, or Shift and drag). Escape takes it away.</source>
        <translation>在照片上繪製矩形：只計入其中的相符點（R 鍵，或按住 Shift 拖曳）。按 Escape 鍵移除。</translation>
    </message>
    <message>
        <source>Matches of a part of the photo</source>
        <translation>照片局部的相符點</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>關鍵點</translation>
    </message>
    <message>
        <source>Every keypoint with its scale (circle) and orientation (radius) (K)</source>
        <translation>所有關鍵點，以及其尺度（圓圈）與方向（半徑）(K)</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>輪廓</translation>
    </message>
    <message>
        <source>Where the product lies, by the homography (H)</source>
        <translation>依單應性矩陣推算的商品位置 (H)</translation>
    </message>
    <message>
        <source>Colour: position</source>
        <translation>顏色：位置</translation>
    </message>
    <message>
        <source>Colour: confidence</source>
        <translation>顏色：信心</translation>
    </message>
    <message>
        <source>Colour of the lines</source>
        <translation>連線的顏色</translation>
    </message>
    <message>
        <source>Position: by height on the pack, so that lines that cross can be followed.
Confidence: by how clearly the nearest keypoint is nearer than the second.</source>
        <translation>位置：依包裝上的高度著色，方便辨認交錯的連線。
信心：依最近的關鍵點比次近者更近的明確程度著色。</translation>
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
    <name>WordsPanel</name>
    <message>
        <source>Read on your photo</source>
        <translation>從您的照片讀取</translation>
    </message>
    <message>
        <source>Read on the pack in the catalogue</source>
        <translation>從商品目錄中的包裝讀取</translation>
    </message>
    <message>
        <source>This catalogue knows no words of its packs.</source>
        <translation>這個商品目錄沒有包裝上的文字。</translation>
    </message>
    <message>
        <source>1 word is on both.</source>
        <translation>有 1 個字詞在兩邊都出現。</translation>
    </message>
    <message>
        <source>{count} words are on both.</source>
        <translation>有 {count} 個字詞在兩邊都出現。</translation>
    </message>
    <message>
        <source>No word is on both.</source>
        <translation>沒有字詞在兩邊都出現。</translation>
    </message>
    <message>
        <source>They are not at hand for this photo.</source>
        <translation>目前沒有這張照片的文字。</translation>
    </message>
    <message>
        <source>They were not read.</source>
        <translation>未讀取文字。</translation>
    </message>
</context>
<context>
    <name>ZoomBar</name>
    <message>
        <source>Smaller (−)</source>
        <translation>縮小 (−)</translation>
    </message>
    <message>
        <source>Show whole pictures (0 or F)</source>
        <translation>顯示完整圖片（0 或 F）</translation>
    </message>
    <message>
        <source>Actual pixels (1)</source>
        <translation>實際像素 (1)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
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
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
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
        <source>Ca&amp;mera</source>
        <translation>相機(&amp;M)</translation>
    </message>
    <message>
        <source>Hold a product up to the camera, or take a photo of it</source>
        <translation>將商品拿到相機前，或為它拍照</translation>
    </message>
    <message>
        <source>Open &amp;video…</source>
        <translation>開啟影片(&amp;V)…</translation>
    </message>
    <message>
        <source>Look up what a recorded video shows, as if live</source>
        <translation>查詢錄製影片中的商品，如同即時查詢</translation>
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
        <source>&amp;Inspect the match…</source>
        <translation>檢視比對(&amp;I)…</translation>
    </message>
    <message>
        <source>The photo beside the chosen hit, and what matches in both</source>
        <translation>並排顯示照片與所選商品，以及兩者相符之處</translation>
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
        <source>&amp;Evaluate…</source>
        <translation>評估(&amp;E)…</translation>
    </message>
    <message>
        <source>Measure methods on photos whose products are known</source>
        <translation>以已知商品的照片評量各種方法</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>鍵盤快速鍵(&amp;K)…</translation>
    </message>
    <message>
        <source>Check for &amp;updates…</source>
        <translation>檢查更新(&amp;U)…</translation>
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
    <name>camera</name>
    <message>
        <source>Try again</source>
        <translation>再試一次</translation>
    </message>
    <message>
        <source>Starting the camera…</source>
        <translation>正在啟動相機…</translation>
    </message>
    <message>
        <source>May BeautyFinder use the camera?</source>
        <translation>允許 BeautyFinder 使用相機嗎？</translation>
    </message>
    <message>
        <source>Answer the question that your system asks now.</source>
        <translation>請回答系統現在提出的詢問。</translation>
    </message>
    <message>
        <source>The camera is not allowed</source>
        <translation>未獲准使用相機</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>找不到相機</translation>
    </message>
    <message>
        <source>Plug one in: it starts by itself. Or open a recorded video with File › Open video.</source>
        <translation>請連接相機：連接後會自動啟動。也可以透過「檔案 › 開啟影片」開啟錄製的影片。</translation>
    </message>
    <message>
        <source>Another program uses the camera</source>
        <translation>其他程式正在使用相機</translation>
    </message>
    <message>
        <source>Close the program that uses {name}, such as a video call, then try again.</source>
        <translation>請關閉正在使用「{name}」的程式（例如視訊通話），再試一次。</translation>
    </message>
    <message>
        <source>The camera was unplugged</source>
        <translation>相機已拔除</translation>
    </message>
    <message>
        <source>Plug {name} in again: it goes on by itself. Or choose another camera below.</source>
        <translation>請重新連接「{name}」：連接後會自動繼續。也可以在下方選擇其他相機。</translation>
    </message>
    <message>
        <source>The camera sends no picture</source>
        <translation>相機沒有傳送畫面</translation>
    </message>
    <message>
        <source>Another program may be using {name}, or its lid or switch is closed. See to that, or unplug it and plug it in again.</source>
        <translation>可能有其他程式正在使用「{name}」，或其鏡頭蓋或開關已關閉。請檢查這些狀況，或將它拔除後重新連接。</translation>
    </message>
    <message>
        <source>The camera does not start</source>
        <translation>相機無法啟動</translation>
    </message>
    <message>
        <source>The system says of {name}: “{why}”. Close other programs that may use it or choose another resolution, then try again.</source>
        <translation>系統對「{name}」的回報：「{why}」。請關閉可能正在使用它的其他程式，或選擇其他解析度，再試一次。</translation>
    </message>
    <message>
        <source>The camera cannot be used here</source>
        <translation>這裡無法使用相機</translation>
    </message>
    <message>
        <source>The video cannot be played</source>
        <translation>無法播放影片</translation>
    </message>
    <message>
        <source>{name}: {why}. Save it as MP4 with H.264 and try that.</source>
        <translation>{name}：{why}。請將影片另存為 H.264 編碼的 MP4，再試一次。</translation>
    </message>
    <message>
        <source>That was all of the video</source>
        <translation>影片已播放完畢</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>重新播放</translation>
    </message>
    <message>
        <source>Waiting for the other look-up</source>
        <translation>正在等候另一項查詢</translation>
    </message>
    <message>
        <source>Open a catalogue to look products up</source>
        <translation>請開啟商品目錄以查詢商品</translation>
    </message>
    <message>
        <source>Too dark: more light, please</source>
        <translation>太暗：請增加光線</translation>
    </message>
    <message>
        <source>Hold the product still</source>
        <translation>請拿穩商品</translation>
    </message>
    <message>
        <source>Blurred: hold still, a little further away</source>
        <translation>畫面模糊：請拿穩，並稍微拿遠一點</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查詢…</translation>
    </message>
    <message>
        <source>Found: {name}</source>
        <translation>找到：{name}</translation>
    </message>
    <message>
        <source>Likely: {name}. Please compare</source>
        <translation>可能是：{name}。請自行比較</translation>
    </message>
    <message>
        <source>Nothing of this catalogue in view</source>
        <translation>畫面中沒有這個商品目錄的商品</translation>
    </message>
    <message>
        <source>Allow it in System Settings › Privacy &amp; Security › Camera, then try again.</source>
        <translation>請在「系統設定 › 隱私權與安全性 (Privacy &amp; Security) › 相機」中允許，再試一次。</translation>
    </message>
    <message>
        <source>Allow it in Settings › Privacy &amp; security › Camera (“Let desktop apps access your camera”), then try again.</source>
        <translation>請在「設定 › 隱私權與安全性 (Privacy &amp; security) › 相機」中允許（「讓傳統型應用程式存取您的相機」），再試一次。</translation>
    </message>
    <message>
        <source>Allow it in your desktop&apos;s privacy settings, then try again.</source>
        <translation>請在桌面環境的隱私權設定中允許，再試一次。</translation>
    </message>
</context>
<context>
    <name>preferences</name>
    <message>
        <source>Window</source>
        <translation>視窗</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>判定</translation>
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
        <source>Call it a match from</source>
        <translation>判定為「相符」的下限</translation>
    </message>
    <message>
        <source>% on</source>
        <translation>% 以上</translation>
    </message>
    <message>
        <source>How sure a look-up must be of its first product. Higher: fewer matches, and fewer wrong ones.</source>
        <translation>查詢對第一名商品的把握須達到多少。設得越高，判定相符的越少，錯誤也越少。</translation>
    </message>
    <message>
        <source>Say “no match” below</source>
        <translation>判定為「不相符」的上限</translation>
    </message>
    <message>
        <source>Between the two the answer is “please compare”. Both hold from the next look-up on.</source>
        <translation>介於兩者之間時，答案為「請自行比較」。兩者都從下一次查詢起生效。</translation>
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
