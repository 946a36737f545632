; The installer for Windows. windows_installer.py compiles it with these defined:
;   VERSION   the program's version           SOURCE     the frozen folder
;   TARGET    the installer to write          KILOBYTES  what it takes on the disk
;   ICON      its .ico
; /S installs silently, /AllUsers or /CurrentUser say for whom, /D=FOLDER where.

Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestDPIAware true
ManifestLongPathAware true

!define NAME "BeautyFinder"
!define PUBLISHER "The BeautyFinder developers"
!define PROGRAM "BeautyFinder.exe"
!define OPEN "Applications\${PROGRAM}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"

; For one person or for all: asked on the first page; the answer of the last time is kept.
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"

!include MUI2.nsh
!include MultiUser.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh
!include WinVer.nsh

Name "${NAME}"
OutFile "${TARGET}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Installs ${NAME}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "Apache License 2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "TradChinese"

LangString Running ${LANG_ENGLISH} "${NAME} is running. Close it, then go on."
LangString Running ${LANG_TRADCHINESE} "${NAME} 正在執行。請先關閉它再繼續。"
LangString Old ${LANG_ENGLISH} "${NAME} needs Windows 10 or newer, 64 bit."
LangString Old ${LANG_TRADCHINESE} "${NAME} 需要 64 位元的 Windows 10 或更新版本。"
LangString DataAsked ${LANG_ENGLISH} "All your catalogues, the history, imported weights and the settings will be deleted. This cannot be undone. Delete them?"
LangString DataAsked ${LANG_TRADCHINESE} "您的所有型錄、查詢記錄、匯入的權重與設定都會被刪除，且無法復原。要刪除嗎？"

; A program that runs holds its own file open; catalogues being written must be finished first.
!macro WaitUntilClosed UN
  Function ${UN}WaitUntilClosed
    IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
    again:
      ClearErrors
      FileOpen $0 "$INSTDIR\${PROGRAM}" a
      IfErrors 0 free
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDRETRY again
        Abort
    free:
      FileClose $0
    closed:
  FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

; The files of a version, its folder and nothing else: catalogues live in the user's own folder.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\beautyfinder-console.exe"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(Old)" /SD IDOK
    Abort
  ${EndIf}
  SetRegView 64
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "${NAME}" Main
  SectionIn RO
  Call WaitUntilClosed
  !insertmacro RemoveProgram ; an upgrade in place: what the old version had and the new has not
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallMode" "$MultiUser.InstallMode"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Start menu" StartMenu
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section /o "Desktop icon" Desktop
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

; Offered under “Open with”; nobody's usual program for pictures is replaced.
!macro Opens KIND
  WriteRegStr SHCTX "Software\Classes\${OPEN}\SupportedTypes" "${KIND}" ""
!macroend
Section "“Open with” for pictures" OpenWith
  WriteRegStr SHCTX "Software\Classes\${OPEN}" "FriendlyAppName" "${NAME}"
  WriteRegStr SHCTX "Software\Classes\${OPEN}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  !insertmacro Opens ".jpg"
  !insertmacro Opens ".jpeg"
  !insertmacro Opens ".png"
  !insertmacro Opens ".webp"
  !insertmacro Opens ".heic"
  !insertmacro Opens ".heif"
  !insertmacro Opens ".avif"
  !insertmacro Opens ".tif"
  !insertmacro Opens ".tiff"
  !insertmacro Opens ".bmp"
  !insertmacro Opens ".gif"
SectionEnd

Section "un.${NAME}" UnMain
  SectionIn RO
  Call un.WaitUntilClosed
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; goes only when it is empty: what a person put there stays
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey SHCTX "Software\Classes\${OPEN}"
  DeleteRegKey SHCTX "${UNINSTALL}"
SectionEnd

; Never in a silent run, and asked once more: catalogues can be days of work.
Section /o "un.Catalogues, history, settings" UnData
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(DataAsked)" /SD IDNO IDNO keep
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}"
    DeleteRegKey HKCU "Software\${NAME}\${NAME}"
    DeleteRegKey /ifempty HKCU "Software\${NAME}"
  keep:
SectionEnd
